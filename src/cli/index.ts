// The command line: tshark's options and output.
import { readFileSync } from 'node:fs'
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { Trace, allFields, fieldByName, memorySource } from '../engine/service/terminal'
import { isTraceError } from '../shared/errors'
import { FieldsPrinter } from './fields-printer'
import { UsageError, parseOptions } from './options'
import { Output, OutputClosed } from './output'

function main(): number {
  const options = parseOptions(process.argv.slice(2))
  const out = new Output(1)
  let bytes: Uint8Array = readFileSync(options.file ?? '')
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = gunzipSync(bytes)
  const trace = new Trace(memorySource(bytes, options.file), {
    inflate(input, encoding, limit) {
      try {
        const wish = { maxOutputLength: limit }
        if (encoding === 'gzip') return gunzipSync(input, wish)
        if (encoding === 'br') return brotliDecompressSync(input, wish)
        if (encoding === 'deflate') return (input[0] ?? 0) % 16 === 8 ? inflateSync(input, wish) : inflateRawSync(input, wish)
        return null
      } catch {
        return null // damaged data: shown as it is
      }
    },
  })
  for (const [name, value] of options.preferences) trace.session.options.preferences.set(name, value)
  const printer = new FieldsPrinter(out, options.fieldSettings, options.fields.map((name) => fieldByName(name)?.id ?? -1), allFields().length)
  while (trace.packets < options.count && trace.visitNext({ summary: false, labels: false })) printer.print(trace.decoder)
  out.flush()
  if (trace.reader.problem) {
    process.stderr.write(`wireglass: ${trace.reader.problem.message}\n`)
    return 2
  }
  return 0
}

try {
  process.exitCode = main()
} catch (error) {
  if (error instanceof OutputClosed) process.exitCode = 0
  else if (error instanceof UsageError) {
    process.stderr.write(`wireglass: ${error.message}\n`)
    process.exitCode = 1
  } else if (isTraceError(error)) {
    process.stderr.write(`wireglass: ${error.message}\n`)
    process.exitCode = 2
  } else throw error
}
