/** Signs in with an address and a password; undefined when no answer came. */
export const signInWith = (email: string, password: string): Promise<Response | undefined> =>
  fetch('/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  }).catch(() => undefined)
