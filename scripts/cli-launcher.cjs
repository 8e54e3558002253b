#!/usr/bin/env node
// What the build puts at out/cli/index.js: runs the command line, out/cli/program.script, with the bytecode that scripts/code-cache.mjs kept beside it.
// The engine compiles two and a half megabytes of text otherwise, at every start. Bytecode of another version of Node is refused by the engine, which
// then compiles as it would without. It is CommonJS since Node starts its loader of ES modules for those alone.
'use strict'
const { existsSync, readFileSync } = require('node:fs')
const { Module } = require('node:module')
const { join } = require('node:path')
const { Script } = require('node:vm')

const file = join(__dirname, 'program.script'),
  cache = `${file}.cache`
// the build leaves ASCII alone in it
const script = new Script(readFileSync(file, 'latin1'), {
  filename: file,
  ...(existsSync(cache) && { cachedData: readFileSync(cache) }),
})
const program = new Module(file)
// What is loaded later (chunks/) requires the program: it has to get this one, not the text as a module of its own.
require.cache[file] = program
script.runInThisContext()(program.exports, require, program, file, __dirname)
program.loaded = true
// exit at once: a source that still arrives (standard input) would keep the process alive
program.exports.start(process.argv.slice(2)).then((status) => process.exit(status))
