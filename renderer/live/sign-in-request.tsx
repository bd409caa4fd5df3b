import { createContext, useContext, type ReactNode } from 'react';
import type { Asked } from '../../shared/contract/role-table.ts';

/** Without what it is asked for: whoever is here signs in. With it: somebody whose act it is, beside whoever is. */
type AskSignIn = (asked?: Asked) => void;

const SignInRequest = createContext<AskSignIn>(() => undefined);
export const SignInRequestProvider = SignInRequest.Provider;

/** Opens the sign-in where the page shows it: what is recorded carries a name. */
export function useSignInRequest(): AskSignIn {
  return useContext(SignInRequest);
}

/** The sign-in as a sheet. `onDone`: where it makes way by itself once somebody has signed in. */
export type DrawSignIn = (onClose: () => void, asked?: Asked, onDone?: () => void) => ReactNode;

const SignInSheet = createContext<DrawSignIn>(() => null);
export const SignInSheetProvider = SignInSheet.Provider;

/** For whatever gives the sign-in a place: screens and their frames do not know it. */
export function useSignInSheet(): DrawSignIn {
  return useContext(SignInSheet);
}
