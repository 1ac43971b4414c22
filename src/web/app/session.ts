import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { z } from 'zod';
import type { Session as SessionSchema, User } from '../../contract/accounts.ts';
import { ApiError } from '../../contract/client.ts';
import { type Role, roles } from '../../contract/endpoint.ts';
import { api } from '../../contract/index.ts';
import { client, keepCsrfToken } from '../api/client.ts';
import { keyOf } from '../api/queryKey.ts';
import { storage } from '../lib/storage.ts';

type Session = z.infer<typeof SessionSchema>;

export const UserContext = createContext<User | undefined>(undefined);
export const sessionKey = keyOf(api.session, {});

/** Who is signed in. */
export function useUser(): User {
  const user = useContext(UserContext);
  if (user === undefined) throw new Error('useUser outside of SignedIn');
  return user;
}

/** Whether who is signed in has at least this role. Whether they may deploy an app, the app says itself. */
export const useHasRole = (role: Role): boolean => roles.indexOf(useUser().role) >= roles.indexOf(role);

/** The session of this browser; null when nobody is signed in. */
export function useSession() {
  return useQuery<Session | null>({
    queryKey: sessionKey,
    queryFn: async ({ signal }) => {
      // Asking would be refused, and the console would say so to everybody who only comes to sign in.
      if (storage.read('signed-in') === null) return null;
      try {
        const session = await client.call(api.session, {}, { signal });
        keepCsrfToken(session.csrf_token);
        return session;
      } catch (error) {
        if (isUnauthenticated(error)) return null;
        throw error;
      }
    },
  });
}

const isUnauthenticated = (error: unknown) =>
  error instanceof ApiError && error.problem.code === 'unauthenticated';

/** Signs in with a password. */
export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (credentials: { username: string; password: string }) =>
      client.call(api.signIn, { body: credentials }),
    onSuccess: (session) => {
      keepCsrfToken(session.csrf_token);
      storage.write('signed-in', 'yes');
      queries.setQueryData(sessionKey, session);
    },
  });
}

/** Whether nobody can sign in yet. */
export const useNeedsSetUp = (): boolean =>
  useQuery({
    queryKey: keyOf(api.setUpState, {}),
    queryFn: ({ signal }) => client.call(api.setUpState, {}, { signal }),
  }).data?.needed ?? false;

/** Makes the first owner, and signs them in. */
export function useSetUp() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (owner: { code: string; username: string; password: string }) =>
      client.call(api.setUp, { body: owner }),
    onSuccess: (session) => {
      // The link is used up; what is left of it should not be copied about.
      history.replaceState(null, '', location.pathname + location.search);
      keepCsrfToken(session.csrf_token);
      storage.write('signed-in', 'yes');
      queries.setQueryData(sessionKey, session);
    },
  });
}

/** Signs out, and forgets all that was shown. */
export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => client.call(api.signOut, {}),
    onSuccess: () => {
      storage.write('signed-in', null);
      queries.setQueryData(sessionKey, null);
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
    },
  });
}
