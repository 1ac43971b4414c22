import { Suspense } from 'react';
import { Router, useLocation } from 'wouter';
import { basePath } from '../api/base.ts';
import { LiveProvider } from './liveContext.tsx';
import { Routes } from './routes.tsx';
import { ScreenBoundary } from './ScreenBoundary.tsx';
import { Shell } from './Shell.tsx';
import { SignedIn } from './SignedIn.tsx';

/** The whole app. */
export function App() {
  return (
    <Router base={basePath}>
      <SignedIn>
        <LiveProvider>
          <Shell>
            <Screen />
          </Shell>
        </LiveProvider>
      </SignedIn>
    </Router>
  );
}

function Screen() {
  const [path] = useLocation();
  return (
    <ScreenBoundary path={path}>
      <Suspense>
        <Routes />
      </Suspense>
    </ScreenBoundary>
  );
}
