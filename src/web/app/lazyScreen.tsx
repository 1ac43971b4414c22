import { type ComponentType, useEffect, useState } from 'react';
import type { ScreenProps } from './screen.ts';

/** A screen whose code is loaded when it is first needed. */
export interface LazyScreen {
  /** Begins to load it; does nothing when it is there, or under way. */
  load(): void;
  readonly Screen: ComponentType<ScreenProps>;
}

type Module = { readonly default: ComponentType<ScreenProps> };

/**
 * Shows a screen as soon as its code is there. `React.lazy` would not: after a fallback React waits for 300 ms before
 * it shows what has come, so that a page would open that much later, each time one first goes to a screen.
 */
export function lazyScreen(get: () => Promise<Module>): LazyScreen {
  let loading: Promise<Module> | undefined;
  let loaded: Module | undefined;

  const load = (): Promise<Module> => {
    loading ??= get().then(
      (module) => {
        loaded = module;
        return module;
      },
      (error: unknown) => {
        // What could not be loaded may be loaded the next time.
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };

  function Screen(props: ScreenProps) {
    const [module, setModule] = useState(loaded);
    const [failure, setFailure] = useState<{ error: unknown }>();
    useEffect(() => {
      if (module === undefined) load().then(setModule, (error: unknown) => setFailure({ error }));
    }, [module]);
    if (failure !== undefined) throw failure.error;
    return module === undefined ? null : <module.default {...props} />;
  }

  // Who comes to show it meets the error, and says it; here nobody waits for it yet.
  return { load: () => void load().catch(() => undefined), Screen };
}
