import { createContext, useContext } from 'react';
import type { Asked } from '../../shared/contract/role-table.ts';

/** Without what it is asked for: whoever is here signs in. With it: somebody whose act it is, beside whoever is. */
export type AskSignIn = (asked?: Asked) => void;

const SignInRequest = createContext<AskSignIn>(() => undefined);
export const SignInRequestProvider = SignInRequest.Provider;

/** Opens the sign-in where the page shows it: what is recorded carries a name. */
export function useSignInRequest(): AskSignIn {
  return useContext(SignInRequest);
}
