import { createContext, useContext } from 'react';

const SignInRequest = createContext<() => void>(() => undefined);
export const SignInRequestProvider = SignInRequest.Provider;

/** Opens the sign-in where the page shows it: what is recorded carries a name. */
export function useSignInRequest(): () => void {
  return useContext(SignInRequest);
}
