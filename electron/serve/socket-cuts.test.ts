/** A page whose socket is cut anywhere, again and again, ends where one ends that was never cut: nothing lost, nothing done twice. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { budgetOf } from '../../engine/base/budget.test-support.ts';
import { createUniformSource, streamKey } from '../../engine/base/random.ts';
import type { UniformSource } from '../../engine/base/random.ts';
import { defined } from '../../engine/base/assert.ts';
import { expectOk } from '../../engine/base/result.ts';
import type { Host } from '../../engine/platform/host.ts';
import { decodeWelcome, encodeGreeting } from '../../engine/protocol/greeting.ts';
import { startCuttingProxy } from './cutting-proxy.test-support.ts';
import type { CuttingProxy, Lifetime } from './cutting-proxy.test-support.ts';
import { usualLimits } from './limits.ts';
import { closeCode, connectPage, dialSocket, pageHome, serveIn, useLink } from './page-client.test-support.ts';
import type { ClientPage } from './page-client.test-support.ts';
import type { Serving } from './serve.ts';

const sort = { title: 'Spikeloom project', extensions: ['spikeloom'] };
const forever: Lifetime = { toServer: Infinity, toPage: Infinity };
let home: Awaited<ReturnType<typeof pageHome>>;

beforeAll(async () => {
  home = await pageHome();
});
afterAll(async () => {
  await home.remove();
});

/** Whether anything listens there. The cookie of these pages is good as long as it does. */
const programAnswers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );

/** What a page does; several requests are on their way at any time. Returns what it was told. */
async function work(host: Host, steps: number, seed: number): Promise<readonly string[]> {
  const uniform = createUniformSource(streamKey(seed, 2));
  const told: Promise<string>[] = [];
  expectOk(await host.journal.claim('main', false));
  for (let step = 0; step < steps; step += 1) {
    told.push(oneStep(host, step, uniform.next(), Math.floor(uniform.next() ** 8 * 3_000_000)));
    if (uniform.next() < 0.3) await told.at(-1);
  }
  return Promise.all(told);
}

async function oneStep(host: Host, step: number, choice: number, bytes: number): Promise<string> {
  if (choice < 0.5) return `append ${(await host.journal.append('main', [`line ${step}`])).ok}`;
  if (choice < 0.65) return host.settings.set(`setting${step}`, step).then(() => 'set');
  if (choice < 0.75) return `get ${JSON.stringify(await host.settings.get('setting0'))}`;
  // Done twice, there would be a second file of the name with a number.
  const content = new Uint8Array(bytes).map((_, index) => (index * step) % 251);
  const saved = expectOk(await host.files.saveAs(`net ${step}`, sort, content));
  if (saved === undefined || choice < 0.85) return `saved ${saved?.file.name}`;
  const read = expectOk(await host.files.read(saved.file));
  return `read ${read.file.name} ${Buffer.compare(read.bytes, content)}`;
}

/** Everything that a server keeps for its user. */
async function stateOf(name: string): Promise<unknown> {
  const folder = join(home.folder, name);
  const projects = join(folder, 'projects');
  const names = (await readdir(projects).catch(() => [])).sort();
  const files = await Promise.all(
    names.map(async (file) => [file, (await readFile(join(projects, file))).toString('base64')]),
  );
  const journal = await readFile(join(folder, 'state', 'journals', 'main.jsonl'), 'utf8');
  const settings = JSON.parse(await readFile(join(folder, 'state', 'settings.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  const kept = Object.entries(settings).filter(([key]) => key.startsWith('setting'));
  return { files, journal, settings: kept.sort(([left], [right]) => left.localeCompare(right)) };
}

/** From the very first bytes of the upgrade to far into a large file. */
function shortLife(uniform: UniformSource): Lifetime {
  const bytes = Math.floor(10 ** (1 + 5 * uniform.next()));
  return uniform.next() < 0.5 ? { toServer: bytes, toPage: Infinity } : { toServer: Infinity, toPage: bytes };
}

interface CutRun {
  readonly told: readonly string[];
  readonly cuts: number;
  /** Cuts while the work was going on. */
  readonly during: number;
}

/** `steps` of work over a proxy that cuts `most` times. */
async function cutRun(name: string, steps: number, most: number, seed: number): Promise<CutRun> {
  const server = await serveIn(home.folder, name, { ...usualLimits, framesPerSecond: 1e6 });
  const uniform = createUniformSource(streamKey(seed, 3));
  const proxy: CuttingProxy = await startCuttingProxy(server.port, () =>
    started && proxy.cuts() < most ? shortLife(uniform) : forever,
  );
  let started = false;
  try {
    const page = await connectPage(server, { through: proxy.port });
    started = true;
    proxy.cut();
    const told = await work(page.host, steps, seed);
    const during = proxy.cuts();
    // What is still due: cuts of a connection on which nothing waits.
    while (proxy.cuts() < most) {
      proxy.cut();
      expectOk(await page.host.journal.list());
    }
    page.caller.dispose();
    return { told, cuts: proxy.cuts(), during };
  } finally {
    await proxy.close();
    await server.close();
  }
}

describe('a page whose socket is cut', () => {
  const { rounds, seed, again } = budgetOf('socket-cuts');

  it(`has done everything once after ${rounds} cuts, as if there had been none`, async () => {
    let [cuts, during] = [0, 0];
    for (let run = 0; cuts < rounds; run += 1) {
      const uncut = await serveIn(home.folder, `uncut-${run}`);
      const page = await connectPage(uncut);
      const told = await work(page.host, 60, seed + run);
      page.caller.dispose();
      await uncut.close();
      const cut = await cutRun(`cut-${run}`, 60, Math.min(25, rounds - cuts), seed + run);
      cuts += cut.cuts;
      during += cut.during;
      expect(cut.told, again).toEqual(told);
      expect(await stateOf(`cut-${run}`), again).toEqual(await stateOf(`uncut-${run}`));
    }
    expect(cuts).toBeGreaterThanOrEqual(rounds);
    expect(during, 'most cuts happen in the middle of work').toBeGreaterThan(rounds / 2);
  });
});

describe('a session', () => {
  let server: Serving;
  let proxy: CuttingProxy;
  let run = 0;

  /** A server that keeps cut sessions for `keptFor` milliseconds, and a page that reaches it through a proxy. */
  async function startPage(keptFor: number, port = 0): Promise<ClientPage> {
    server = await serveIn(home.folder, `session-${(run += 1)}`, { ...usualLimits, keptFor }, port);
    proxy = await startCuttingProxy(server.port, () => forever);
    return connectPage(server, { through: proxy.port, answers: () => programAnswers(server.port) });
  }
  async function stop(...pages: readonly ClientPage[]): Promise<void> {
    for (const page of pages) page.caller.dispose();
    await proxy.close();
    await server.close();
  }
  const claims = async (page: ClientPage): Promise<boolean> => expectOk(await page.host.journal.claim('main', false));

  /** Whether nobody has the journal, as another page sees it. */
  async function isFree(page: ClientPage): Promise<boolean> {
    const found = expectOk(await page.host.journal.list()).find(({ id }) => id === 'main');
    return found?.taken === false;
  }

  it('ends with a clean goodbye: its journals are free at once', async () => {
    const first = await startPage(1e9);
    expect(await claims(first)).toBe(true);
    const second = await connectPage(server);
    expect(await claims(second)).toBe(false);
    first.caller.dispose();
    await expect.poll(() => claims(second), { timeout: 20_000 }).toBe(true);
    await stop(second);
  });

  it('that was cut keeps its journals as long as no other page asks for them, and hears when one did', async () => {
    const first = await startPage(1e9);
    const taken: string[] = [];
    first.host.journal.onTaken((id) => taken.push(id));
    expect(await claims(first)).toBe(true);
    proxy.cut();
    expectOk(await first.host.journal.append('main', ['still mine']));
    proxy.refuse(true);
    proxy.cut();
    const second = await connectPage(server);
    await expect.poll(() => claims(second), { timeout: 20_000 }).toBe(true);
    proxy.refuse(false);
    const refused = await first.host.journal.append('main', ['not mine']);
    expect(refused.problems.map(({ code }) => code)).toEqual(['journal/taken']);
    expect(taken).toEqual(['main']);
    expect(expectOk(await second.host.journal.read('main'))).toEqual(['still mine']);
    await stop(first, second);
  });

  it('tells once that the connection was lost, and once that it is back; requests meanwhile wait', async () => {
    const page = await startPage(1e9);
    const states: (readonly [boolean, boolean])[] = [];
    page.host.onConnection((...state) => states.push(state));
    proxy.refuse(true);
    proxy.cut();
    await expect.poll(() => states.length).toBe(1);
    const waiting = page.host.settings.set('theme', 'dark');
    proxy.refuse(false);
    await waiting;
    expect(states).toEqual([
      [false, false],
      [true, false],
    ]);
    await stop(page);
  });

  it('that expired is followed by a new one: what waited is refused, and the page is asked to claim anew before anything else', async () => {
    const page = await startPage(20);
    const renewals: boolean[] = [];
    page.caller.onRenewed(async (session) => {
      renewals.push(expectOk(await session.request('journal.claim', { id: 'main', take: false })));
    });
    expect(await claims(page)).toBe(true);
    expectOk(await page.host.journal.append('main', ['first']));
    const [first, states] = [page.session(), [] as boolean[]];
    page.host.onConnection((connected) => states.push(connected));
    proxy.refuse(true);
    proxy.cut();
    await expect.poll(() => states.length).toBe(1);
    const waiting = page.host.journal.append('main', ['lost?']);
    const stranger = await connectPage(server);
    await expect.poll(() => isFree(stranger), { timeout: 20_000 }).toBe(true);
    stranger.caller.dispose();
    proxy.refuse(false);
    expect((await waiting).problems.map(({ code }) => code)).toEqual(['host/unreachable']);
    await expect.poll(() => states, { timeout: 20_000 }).toEqual([false, true]);
    expect(renewals).toEqual([true]);
    expect(page.session()).not.toBe(first);
    expectOk(await page.host.journal.append('main', ['again']));
    await stop(page);
  });

  it('of a page that crashed ends when the page is loaded again; that of a tab that was duplicated does not', async () => {
    const first = await startPage(1e9);
    expect(await claims(first)).toBe(true);
    const cookie = await useLink(server);
    const copy = await connectPage(server, { cookie, previous: first.session() });
    expect(await claims(copy)).toBe(false);
    proxy.refuse(true);
    proxy.cut();
    // The server may hear of the cut after the page greets; a person never is so fast.
    await expect
      .poll(
        async () => {
          const again = await connectPage(server, { cookie, previous: first.session() });
          const free = await claims(again);
          again.caller.dispose();
          return free;
        },
        { timeout: 20_000 },
      )
      .toBe(true);
    await stop(first, copy);
  });

  it('is known by its key, and by no other', async () => {
    const page = await startPage(1e9);
    const cookie = await useLink(server);
    for (const session of ['0'.repeat(32), page.session().replace(/.$/, (last) => (last === '0' ? '1' : '0'))]) {
      const socket = defined(await dialSocket(server.port, cookie), 'open');
      const answer = new Promise<Buffer>((resolve) => socket.once('message', resolve));
      socket.send(encodeGreeting({ session, received: 0, replaces: null }));
      const welcome = defined(decodeWelcome(await answer), 'a welcome');
      expect(welcome.resumed).toBe(false);
      expect([session, page.session()]).not.toContain(welcome.session);
      socket.close();
    }
    await stop(page);
  });

  it('that goes on over a second socket leaves the first', async () => {
    const page = await startPage(1e9);
    const first = page.socket();
    const cookie = await useLink(server);
    const second = defined(await dialSocket(server.port, cookie), 'open');
    const code = closeCode(first);
    second.send(encodeGreeting({ session: page.session(), received: 0, replaces: null }));
    expect(await code).toBe(4001);
    await stop(page);
  });

  it('ends with the program: the page says so, refuses what waits, and does not take a new program for the old one', async () => {
    const page = await startPage(1e9);
    const states: (readonly [boolean, boolean])[] = [];
    page.host.onConnection((...state) => states.push(state));
    expect(await claims(page)).toBe(true);
    const { port } = server;
    await proxy.close();
    const waiting = page.host.journal.append('main', ['kept in the page']);
    await server.close();
    const refused = await waiting;
    expect(refused.problems[0]).toMatchObject({ code: 'host/unreachable', message: expect.stringMatching(/ended/) });
    expect(refused.problems[0]?.hint).toMatch(/Start it again .* your edits stay in this page/);
    expect(states).toEqual([
      [false, false],
      [false, true],
    ]);
    const next = await serveIn(home.folder, 'next', usualLimits, port);
    await expect(page.host.settings.get('theme')).rejects.toThrow('connection is lost');
    expect(states).toHaveLength(2);
    page.caller.dispose();
    await next.close();
  });
});
