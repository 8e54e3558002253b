#!/usr/bin/env node
// What the build puts at out/cli/index.js: runs the command line, out/cli/program.script, with the bytecode that scripts/code-cache.mjs kept beside it.
// The engine compiles two and a half megabytes of text otherwise, at every start. Bytecode of another version of Node is refused by the engine, which
// then compiles as it would without. It is CommonJS since Node starts its loader of ES modules for those alone.
'use strict'
const { closeSync, existsSync, fstatSync, openSync, readSync } = require('node:fs')
const { Module } = require('node:module')
const { join } = require('node:path')
const { Script } = require('node:vm')

const file = join(__dirname, 'program.script'),
  cache = `${file}.cache`
// Text and bytecode go through the same memory: to touch fresh memory takes longer than to read the files.
let memory = Buffer.alloc(0)

/** Bytes of a file, valid until the next call. */
function read(name) {
  const descriptor = openSync(name),
    { size } = fstatSync(descriptor)
  if (size > memory.length) memory = Buffer.allocUnsafeSlow(Math.max(size, 1 << 22))
  for (let at = 0, got = 1; got > 0 && at < size; at += got) got = readSync(descriptor, memory, at, size - at, at)
  closeSync(descriptor)
  return memory.subarray(0, size)
}

// the build leaves ASCII alone in it
const text = read(file).latin1Slice(),
  script = new Script(text, { filename: file, ...(existsSync(cache) && { cachedData: read(cache) }) })
const program = new Module(file)
// What is loaded later (chunks/) requires the program: it has to get this one, not the text as a module of its own.
require.cache[file] = program
script.runInThisContext()(program.exports, require, program, file, __dirname)
program.loaded = true
// exit at once: a source that still arrives (standard input) would keep the process alive
program.exports.start(process.argv.slice(2)).then((status) => process.exit(status))
