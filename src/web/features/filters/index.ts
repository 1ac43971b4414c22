export { FilterBar, ShowMore } from './FilterBar.tsx';
export { type Filters, useFilters } from './useFilters.ts';
export { useSettled } from './useSettled.ts';
