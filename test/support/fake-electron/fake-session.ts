type RequestHandler = (request: Request) => Promise<Response>;
type BeforeRequest = (details: { readonly url: string }, answer: (decision: { readonly cancel?: boolean }) => void) => void;

const schemes = new Map<string, RequestHandler>();
let beforeRequest: BeforeRequest = (_details, answer) => answer({});

export const protocol = {
  registerSchemesAsPrivileged(): void {},
  handle(scheme: string, handler: RequestHandler): void {
    schemes.set(scheme, handler);
  },
};

/** Permissions are kept and not asked: Chromium's debugging protocol cannot hand them over. */
export const session = {
  defaultSession: {
    setPermissionRequestHandler(): void {},
    setPermissionCheckHandler(): void {},
    setDevicePermissionHandler(): void {},
    webRequest: {
      onBeforeRequest(task: BeforeRequest): void {
        beforeRequest = task;
      },
    },
  },
};

export function isAllowed(url: string): boolean {
  let allowed = true;
  beforeRequest({ url }, ({ cancel }) => (allowed = cancel !== true));
  return allowed;
}

/** null: no scheme of ours, and there is no network. */
export async function answerRequest(url: string, method: string): Promise<Response | null> {
  const handler = schemes.get(new URL(url).protocol.slice(0, -1));
  return handler === undefined ? null : handler(new Request(url, { method }));
}
