import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { preventable } from './fake-app.ts';
import { debuggerSession, type DebuggerSession } from './fake-browser.ts';
import { PortCrossing, type FakeMessagePort } from './fake-message-port.ts';
import { callHandler } from './fake-ipc-main.ts';
import { answerRequest, isAllowed } from './fake-session.ts';
import { addressForMain, shownAddress } from './page-address.ts';
import { fromPageSchema, hearMain, isolatedWorldName, tellMain, worldScripts, type ToPage } from './page-worlds.ts';

interface WorldContext {
  readonly id: number;
  readonly name: string;
  readonly origin: string;
  readonly auxData: { readonly frameId: string };
}

interface PausedRequest {
  readonly requestId: string;
  readonly frameId: string;
  readonly resourceType: string;
  readonly request: { readonly url: string; readonly method: string };
}

/** One page: the real preload beside the real page, in the system's Chromium. */
export class FakeWebContents extends EventEmitter {
  readonly opened: Promise<void>;
  /** What Chromium would download is not asked for over its debugging protocol. */
  readonly session = { on: (): void => undefined };
  targetId = '';
  #session: DebuggerSession = debuggerSession();
  #ports = new PortCrossing((message) => this.#tell(message));
  #world: WorldContext | null = null;
  #expected: string | null = null;
  #destroyed = false;
  #mayOpen: () => { action: string } = () => ({ action: 'allow' });

  constructor(preloadFile: string, size: { readonly width: number; readonly height: number }) {
    super();
    this.opened = this.#open(readFileSync(preloadFile, 'utf8'), size);
  }

  async #open(preload: string, size: { readonly width: number; readonly height: number }): Promise<void> {
    const browser = debuggerSession();
    await browser.send('Target.setDiscoverTargets', { discover: true });
    const { targetId } = await browser.send<{ targetId: string }>('Target.createTarget', { url: 'about:blank', ...size });
    this.targetId = targetId;
    const { sessionId } = await browser.send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
    const session = debuggerSession(sessionId);
    this.#session = session;
    this.#listen(browser, session);
    const { main, isolated } = worldScripts(randomUUID(), preload);
    await Promise.all([
      session.send('Page.enable'),
      session.send('Runtime.enable'),
      session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      session.send('Runtime.addBinding', { name: tellMain, executionContextName: isolatedWorldName }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: main }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: isolated, worldName: isolatedWorldName }),
    ]);
  }

  #listen(browser: DebuggerSession, session: DebuggerSession): void {
    session.on<PausedRequest>('Fetch.requestPaused', (request) => void this.#answer(request).catch(() => undefined));
    session.on<{ context: WorldContext }>('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === isolatedWorldName && context.auxData.frameId === this.targetId) this.#world = context;
    });
    session.on('Runtime.executionContextsCleared', () => this.#leaveWorld());
    session.on<{ name: string; payload: string; executionContextId: number }>('Runtime.bindingCalled', (call) => {
      if (call.name === tellMain && call.executionContextId === this.#world?.id) this.#heard(JSON.parse(call.payload), this.#world);
    });
    session.on('Inspector.targetCrashed', () => {
      this.#leaveWorld();
      this.emit('render-process-gone', preventable(), { reason: 'crashed', exitCode: 5 });
    });
    browser.on<{ targetId: string }>('Target.targetDestroyed', ({ targetId }) => {
      if (targetId !== this.targetId) return;
      this.#destroyed = true;
      this.#leaveWorld();
      this.emit('destroyed');
    });
    // Electron asks before there is a window; here it is closed as soon as it is there.
    browser.on<{ targetInfo: { targetId: string; openerId?: string } }>('Target.targetCreated', ({ targetInfo }) => {
      if (targetInfo.openerId !== this.targetId || this.#mayOpen().action === 'allow') return;
      void browser.send('Target.closeTarget', { targetId: targetInfo.targetId });
    });
  }

  async loadURL(url: string): Promise<void> {
    await this.opened;
    const loaded = new Promise((resolve) => this.#session.on('Page.loadEventFired', resolve));
    this.#expected = url;
    const { errorText } = await this.#session.send<{ errorText?: string }>('Page.navigate', { url: shownAddress(url) });
    if (errorText !== undefined) throw new Error(`${errorText} loading '${url}'`);
    await loaded;
  }

  getURL(): string {
    return this.#expected ?? '';
  }

  async executeJavaScript(expression: string): Promise<unknown> {
    const { result } = await this.#session.send<{ result: { value: unknown } }>('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    return result.value;
  }

  send(channel: string, data: unknown): void {
    this.#tell({ kind: 'message', channel, data, ports: [] });
  }

  postMessage(channel: string, data: unknown, ports: readonly FakeMessagePort[] = []): void {
    this.#tell({ kind: 'message', channel, data, ports: ports.map((port) => this.#ports.depart(port)) });
  }

  setWindowOpenHandler(handler: () => { action: string }): void {
    this.#mayOpen = handler;
  }

  forcefullyCrashRenderer(): void {
    // A page that crashed answers nothing any more.
    void this.#session.send('Page.crash').catch(() => undefined);
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  close(): void {
    void debuggerSession()
      .send('Target.closeTarget', { targetId: this.targetId })
      .catch(() => undefined);
  }

  print(): void {
    this.emit('fake-printed');
  }

  #leaveWorld(): void {
    this.#world = null;
    this.#ports.close();
    this.#ports = new PortCrossing((message) => this.#tell(message));
  }

  #tell(message: ToPage): void {
    if (this.#world === null) return;
    const expression = `${hearMain}(${JSON.stringify(message)})`;
    void this.#session.send('Runtime.evaluate', { expression, contextId: this.#world.id }).catch(() => undefined);
  }

  #heard(payload: unknown, world: WorldContext): void {
    const message = fromPageSchema.parse(payload);
    if (message.kind !== 'invoke') return this.#ports.take({ ...message, data: 'data' in message ? message.data : null } as never);
    const origin = addressForMain(world.origin);
    const event = { sender: this, senderFrame: { parent: null, origin, url: `${origin}/` } };
    callHandler(message.channel, event, message.input).then(
      (value) => this.#tell({ kind: 'reply', call: message.call, value }),
      (error: unknown) => this.#tell({ kind: 'reply', call: message.call, error: error instanceof Error ? error.message : String(error) }),
    );
  }

  async #answer({ requestId, frameId, resourceType, request }: PausedRequest): Promise<void> {
    const url = addressForMain(request.url);
    if (resourceType === 'Document' && frameId === this.targetId && url !== this.#expected) {
      const event = Object.assign(preventable(), { url });
      this.emit('will-navigate', event, url);
      if (event.defaultPrevented) return this.#refuse(requestId, 'Aborted');
    }
    if (!isAllowed(url)) return this.#refuse(requestId, 'BlockedByClient');
    const response = await answerRequest(url, request.method);
    if (response === null) return this.#refuse(requestId, 'NameNotResolved');
    await this.#session.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  }

  async #refuse(requestId: string, errorReason: string): Promise<void> {
    await this.#session.send('Fetch.failRequest', { requestId, errorReason });
  }
}
