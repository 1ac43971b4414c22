export { type CatalogObject, labelOf, type ObjectKind } from './catalogObject.ts';
export { compareCatalogs } from './compareCatalogs.ts';
export type { Dependency } from './dependencies.ts';
export {
  type Catalog,
  type CatalogScope,
  describeSchema,
  readCatalog,
  type SchemaDescription,
} from './readCatalog.ts';
