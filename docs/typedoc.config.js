import { fileURLToPath } from 'node:url'
import { modules, packageNames } from './scripts/public-modules.js'

/** @type {Partial<import('typedoc').TypeDocOptions & import('typedoc-plugin-markdown').PluginOptions>} */
export default {
  plugin: ['typedoc-plugin-markdown', 'typedoc-vitepress-theme', './scripts/name-modules.js'],
  entryPoints: modules.map(({ file }) => fileURLToPath(file)),
  tsconfig: 'tsconfig.api.json',
  out: 'api',
  docsRoot: '.',
  readme: 'none',
  name: 'API',
  disableSources: true,
  disableGit: true,
  excludeInternal: true,
  excludePrivate: true,
  excludeProtected: true,
  excludeExternals: true,
  validation: { notDocumented: true, invalidLink: true, notExported: true, unusedMergeModuleWith: true },
  packagesRequiringDocumentation: packageNames,
  requiredToBeDocumented: ['Class', 'Interface', 'TypeAlias', 'Function', 'Variable', 'Method', 'Accessor'],
  treatWarningsAsErrors: true,
  useCodeBlocks: true,
  hidePageHeader: true,
  hideBreadcrumbs: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  expandObjects: true,
  expandParameters: true,
}
