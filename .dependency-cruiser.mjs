import swc from '@swc/core';

// dependency-cruiser 17 asks its parser for TypeScript without JSX: a file that ends with tsx needs more.
const { parseFileSync } = swc.Compiler.prototype;
swc.Compiler.prototype.parseFileSync = function (path, options) {
  return parseFileSync.call(this, path, { ...options, tsx: path.endsWith('.tsx') });
};

// The architecture as rules: which folder may import which. ARCHITECTURE.md explains them.
/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'modules-meet-through-front-doors',
      comment: 'A module is used through its index.ts; what lies behind it is its own business.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/([^/]+)/(?!index\\.ts$)', pathNot: '^src/modules/$1/' },
    },
    {
      name: 'front-doors-for-everyone-else',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/modules/' },
      to: { path: '^src/modules/[^/]+/(?!index\\.ts$)' },
    },
    {
      name: 'platform-knows-no-domain',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/', pathNot: '^src/(platform|contract)/' },
    },
    {
      name: 'contract-stands-alone',
      comment: 'The contract is what clients may know: schemas and status unions, nothing that runs.',
      severity: 'error',
      from: { path: '^src/contract/' },
      to: { path: '^src/(?!contract/)' },
    },
    {
      name: 'contract-runs-anywhere',
      comment: 'A browser loads it too.',
      severity: 'error',
      from: { path: '^src/contract/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'clients-know-the-contract-only',
      comment: 'CLI and runner speak to the server through src/contract; they never import a module.',
      severity: 'error',
      from: { path: '^src/(runner|providers)/' },
      to: { path: '^src/modules/' },
    },
    {
      name: 'cli-knows-the-contract-and-file-formats',
      comment:
        'The CLI too, but for the front door of the module that reads files: it holds no state, and `fixtures validate` works without a server.',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: '^src/modules/', pathNot: '^src/modules/configuration/index\\.ts$' },
    },
    {
      name: 'workflows-know-the-platform-only',
      comment: 'The engine that runs workflows needs no server: a command uses it, and a service may.',
      severity: 'error',
      from: { path: '^src/workflows/' },
      to: { path: '^src/(?!(workflows|platform)/)' },
    },
    {
      name: 'workflows-meet-through-front-doors',
      comment:
        'Files of nothing but types may be imported by name; what is there for tests is in `testing/`.',
      severity: 'error',
      from: { path: '^src/workflows/([^/]+)/' },
      to: {
        path: '^src/workflows/([^/]+)/(?!testing/)(?!(index|model|source|value|jobSpec|actionSource|jobHost|events)\\.ts$)',
        pathNot: '^src/workflows/$1/',
      },
    },
    {
      name: 'workflow-plans-do-no-io',
      comment: 'What a workflow means is decided over texts and facts, the same wherever it is asked.',
      severity: 'error',
      from: {
        path: '^src/workflows/(plan|language|expressions|check)/',
        pathNot: '(\\.test\\.ts|/readRepository\\.ts|/loadSchema\\.ts)$',
      },
      to: {
        path: '^(node:)?(fs|child_process|net|http|https|os|worker_threads)(/|$)|^src/platform/(git|processes|db|http)/',
      },
    },
    {
      name: 'workflows-through-front-doors',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/workflows/' },
      to: { path: '^src/workflows/[^/]+/(?!index\\.ts$)' },
    },
    {
      name: 'cli-starts-without-schemas',
      comment:
        'Making the schemas takes longer than most commands run: commands call by contract/addresses.ts.',
      severity: 'error',
      from: { path: '^src/cli/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/contract/index\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'web-knows-the-contract-only',
      comment: 'The web app speaks to the server through src/contract, and nobody imports the web app.',
      severity: 'error',
      from: { path: '^src/web/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^(src|test|bench|build)/', pathNot: '^src/(web|contract)/' },
    },
    {
      name: 'web-is-built-not-imported',
      severity: 'error',
      from: { pathNot: '^(src/web|test/browser)/' },
      to: { path: '^src/web/' },
    },
    {
      name: 'gates-do-no-io',
      comment: 'Gates decide over facts that were loaded for them.',
      severity: 'error',
      from: { path: '^src/modules/gates/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^src/(modules/gates|contract)/' },
    },
    {
      name: 'sql-only-in-stores',
      comment: 'Only store.ts (and the database platform) speaks SQL.',
      severity: 'error',
      from: { path: '^src/modules/', pathNot: '(store|Store)\\.ts$|\\.test\\.ts$' },
      to: { path: 'sql-template-tag' },
    },
    {
      name: 'no-tests-in-production',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(test|bench)/|\\.test\\.ts$' },
    },
    {
      name: 'not-to-dev-dependencies',
      severity: 'error',
      comment: 'The web app may: its packages are part of what is built from it.',
      from: { path: '^src/', pathNot: '\\.test\\.ts$|^src/web/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'not-to-undeclared',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
    },
  },
};
