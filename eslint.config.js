// Type-checked rules for all of src and test; what is stricter or looser for one folder is said below, with the reason.
import { basename } from 'node:path'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

/** Files whose every typed-array read would need a check that costs time in the hot path. */
const HOT = [
  'src/engine/{bytes,index,dissect}/**',
  'src/engine/protocols/transport/tcp/{tracker,flows,segments,pdus,desegment,scan-options}.ts',
  'src/engine/capture/**',
  'src/engine/filter/{frame-search,index-plan,index-tests}.ts',
]

const local = {
  rules: {
    'kebab-case-file': {
      meta: { type: 'suggestion', messages: { name: "Name this file in kebab-case: '{{name}}'." }, schema: [] },
      create: (context) => ({
        Program(node) {
          const name = basename(context.filename)
          if (!/^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)+$/.test(name)) {
            context.report({ node, messageId: 'name', data: { name } })
          }
        },
      }),
    },
  },
}

const NO_DEFAULT_EXPORT = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: a default export has another name in every importer.',
}
const NO_RE_EXPORT_DEFAULT = {
  selector: "ExportSpecifier[exported.name='default']",
  message: 'Export by name.',
}

export default tseslint.config(
  // src/core is AssemblyScript: its compiler checks it (npm run core)
  { ignores: ['src/core/', 'node_modules/', 'out/', 'dist/', 'coverage/', 'test-results/', 'playwright-report/', 'resources/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { local },
    rules: {
      'local/kebab-case-file': 'error',
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', NO_DEFAULT_EXPORT, NO_RE_EXPORT_DEFAULT],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-eval': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],

      // Numbers and booleans in a template are what they look like.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/restrict-plus-operands': ['error', { allowNumberAndString: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidOperator: true, ignoreVoidReturningFunctions: true },
      ],
      // `while (true)` with a break is the plain way to write a reader's loop.
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      // An async method may satisfy an interface without awaiting anything.
      '@typescript-eslint/require-await': 'off',
      // A type parameter that is used once still names what the caller gets (registries, RPC).
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // Written-out type arguments and `T | void` results say what is meant.
      '@typescript-eslint/no-unnecessary-type-arguments': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
    },
  },
  {
    files: HOT,
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/prefer-for-of': 'off',
    },
  },
  {
    // Protocols read through the decoder, which checks bounds: indexing bytes by hand is how out-of-bounds reads are made.
    files: ['src/engine/protocols/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        NO_DEFAULT_EXPORT,
        NO_RE_EXPORT_DEFAULT,
        {
          selector: 'MemberExpression[computed=true][object.name=/^(bytes|buffer|data|octets)$/]',
          message: 'A protocol does not index bytes: read through the decoder, which checks bounds.',
        },
        {
          selector: 'MemberExpression[computed=true][object.property.name=/^(bytes|buffer)$/]',
          message: 'A protocol does not index bytes: read through the decoder, which checks bounds.',
        },
        { selector: 'ThrowStatement', message: 'A protocol never throws: bad packets are data; add a problem node.' },
      ],
    },
  },
  { files: ['src/engine/values/**'], rules: { 'max-lines': 'off' } },
  {
    files: ['src/renderer/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
    // Stores and clients here are closures whose methods are passed around (useSyncExternalStore).
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  { files: ['src/{cli,server,main}/**', 'scripts/**'], rules: { 'no-console': 'off' } },
  {
    files: ['test/**/*.{ts,tsx}'],
    rules: {
      // A test may say what it knows about a fixture; a wrong claim fails the test.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'no-console': 'off',
    },
  },
  {
    // Tools' configuration files must have a default export.
    files: ['**/*.config.{ts,js}'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    plugins: { local },
    rules: {
      'local/kebab-case-file': 'error',
      'max-lines': ['error', { max: 500 }],
      eqeqeq: 'error',
      'prefer-const': 'error',
      'no-var': 'error',
    },
  },
)
