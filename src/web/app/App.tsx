import { Suspense } from 'react';
import { Router } from 'wouter';
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
            <ScreenBoundary>
              <Suspense>
                <Routes />
              </Suspense>
            </ScreenBoundary>
          </Shell>
        </LiveProvider>
      </SignedIn>
    </Router>
  );
}
