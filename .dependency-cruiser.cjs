// The import table of ARCHITECTURE.md as rules. Every rule is an error.

/** Inside the engine a folder may import folders of its own rank or a lower one; siblings of one rank only as listed here. */
const ENGINE_RANKS = [
  ['bytes'],
  ['core'],
  ['capture'],
  ['dissect'],
  ['protocols', 'values'],
  ['index'],
  ['session'],
  ['filter', 'stream', 'stats', 'diagram', 'story'],
  ['service'],
]

/** Within one rank these imports are allowed: protocols use value tables. */
const SAME_RANK_ALLOWED = { protocols: ['values'] }

const engineOrder = ENGINE_RANKS.flatMap((folders, rank) =>
  folders.map((folder) => {
    const later = ENGINE_RANKS.slice(rank + 1).flat()
    const beside = folders.filter((other) => other !== folder && !(SAME_RANK_ALLOWED[folder] ?? []).includes(other))
    const forbidden = [...later, ...beside]
    return {
      name: `engine-order-${folder}`,
      severity: 'error',
      comment: `engine/${folder} may import only what stands left of it: bytes < core < capture < dissect < protocols|values < index < session < filter|stream|stats|diagram|story < service.`,
      from: { path: `^src/engine/${folder}/` },
      to: { path: `^src/engine/(${forbidden.join('|')})/` },
    }
  }),
).filter((rule) => !rule.to.path.includes('/()/'))

/** What src/<from> must not import from src. */
function layer(from, allowed, comment) {
  return {
    name: `layer-${from.replaceAll('|', '-')}`,
    severity: 'error',
    comment,
    from: { path: `^src/(${from})/` },
    to: { path: '^src/', pathNot: allowed.map((path) => `^src/${path}`) },
  }
}

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'A cycle has no order to load or read it in. Types alone may refer to each other.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'A module that nothing imports and that imports nothing is dead, unless it is an entry.',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '(^|/)(index|main)\\.tsx?$', '-worker\\.ts$'] },
      to: {},
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'not-to-test',
      severity: 'error',
      comment: 'Product code does not use test code.',
      from: { path: '^src/' },
      to: { path: '^(test|scripts)/' },
    },

    layer('shared', ['shared/'], 'shared imports nothing but zod.'),
    layer('core', ['core/', 'engine/core/layout'], 'the index core shares nothing with the engine but the layout of its memory.'),
    layer('engine', ['engine/', 'shared/'], 'engine imports shared only; the outside comes through ports.'),
    layer('node', ['node/', 'engine/', 'shared/'], 'node imports shared and engine.'),
    layer('main', ['main/', 'node/', 'engine/service/', 'shared/'], 'main sees the engine through engine/service only.'),
    layer('cli', ['cli/', 'node/', 'engine/service/', 'shared/'], 'cli sees the engine through engine/service only.'),
    layer('server', ['server/', 'node/', 'engine/service/', 'shared/'], 'server sees the engine through engine/service only.'),
    layer('preload', ['preload/', 'shared/contract/'], 'preload knows the contract only.'),
    layer('renderer', ['renderer/', 'shared/'], 'renderer imports shared only.'),

    {
      name: 'packages-of-shared',
      severity: 'error',
      comment: 'shared may use zod and no other package.',
      from: { path: '^src/shared/' },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg'],
        pathNot: '(^|/)node_modules/zod/',
      },
    },
    {
      name: 'packages-of-engine',
      severity: 'error',
      comment: 'engine uses no package: it must run in an empty global object.',
      from: { path: '^src/engine/' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg'] },
    },
    {
      name: 'no-node-in-pure-code',
      severity: 'error',
      comment: 'shared, engine and renderer run without Node.',
      from: { path: '^src/(shared|engine|renderer)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'electron-only-in-its-hosts',
      severity: 'error',
      comment: 'Electron exists in main and preload only.',
      from: { path: '^src/', pathNot: '^src/(main|preload)/' },
      to: { path: '(^|/)node_modules/electron/|^electron$' },
    },
    ...engineOrder,
    {
      name: 'protocols-are-apart',
      severity: 'error',
      comment:
        'A protocol file never imports another (dispatch is by table and key); only files of the folder named after the protocol belong together.',
      from: { path: '^src/engine/protocols/([^/]+)/([^/]+)', pathNot: '^src/engine/protocols/all\\.ts$' },
      to: { path: '^src/engine/protocols/', pathNot: '^src/engine/protocols/$1/$2/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
    exclude: { path: '\\.(css|svg|png|woff2|ttf|wasm)' },
    cache: { folder: 'node_modules/.cache/dependency-cruiser', strategy: 'content' },
  },
}
