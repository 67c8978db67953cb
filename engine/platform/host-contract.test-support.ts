/** What every Host implementation must do. Each check throws when it is not so. */
import { assert, defined } from '../base/assert.ts';
import { expectOk } from '../base/result.ts';
import type { FileReference, Host } from './host.ts';

export interface HostCheck {
  readonly name: string;
  /** `host` is fresh: nothing was saved or set before. */
  check(host: Host): Promise<void>;
}

const projects = { title: 'Spikeloom project', extensions: ['spikeloom'] };

/** The checks. `saveAs` of the host must save without asking anybody. */
export const hostContract: readonly HostCheck[] = [
  {
    name: 'what was saved is read again, byte for byte',
    async check(host) {
      const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7) % 256);
      const file = await saveNew(host, 'net.spikeloom', bytes);
      assert(sameBytes(expectOk(await host.files.read(file)).bytes, bytes), 'the content differs');
      assert(file.name === 'net.spikeloom', `the file is called ${file.name}`);
    },
  },
  {
    name: 'saving again replaces the whole content',
    async check(host) {
      const file = await saveNew(host, 'net.spikeloom', new Uint8Array(50_000).fill(1));
      expectOk(await host.files.save(file, Uint8Array.of(2), undefined));
      assert(sameBytes(expectOk(await host.files.read(file)).bytes, Uint8Array.of(2)), 'the content differs');
    },
  },
  {
    name: 'a file that is not there is a Problem',
    async check(host) {
      const found = await host.files.read({ key: 'missing.spikeloom', name: 'missing.spikeloom', folder: '' });
      assert(!found.ok && found.problems[0]?.code === 'file/not-found', 'a missing file was read');
    },
  },
  {
    name: 'a saved file is among the recent ones',
    async check(host) {
      const file = await saveNew(host, 'net.spikeloom', Uint8Array.of(1));
      const recent = await host.files.recent();
      assert(
        recent.some((other) => other.key === file.key),
        'the saved file is not recent',
      );
    },
  },
  {
    name: 'a journal keeps its lines in order, apart from other journals',
    async check(host) {
      for (const id of ['one', 'two']) assert(expectOk(await host.journal.claim(id, false)), 'a new journal is taken');
      assert(expectOk(await host.journal.read('one')).length === 0, 'a new journal is not empty');
      const appended = [
        host.journal.append('one', ['a', 'b']),
        host.journal.append('two', ['x']),
        host.journal.append('one', ['c']),
      ];
      for (const result of await Promise.all(appended)) expectOk(result);
      assert(expectOk(await host.journal.read('one')).join() === 'a,b,c', 'the lines of a journal differ');
      assert(expectOk(await host.journal.read('two')).join() === 'x', 'journals are mixed');
    },
  },
  {
    name: 'a journal that starts over forgets its lines and goes on',
    async check(host) {
      expectOk(await host.journal.claim('one', false));
      expectOk(await host.journal.append('one', ['a', 'b']));
      expectOk(await host.journal.restart('one', ['new', 'ü']));
      expectOk(await host.journal.append('one', ['c']));
      assert(expectOk(await host.journal.read('one')).join() === 'new,ü,c', 'the lines differ');
    },
  },
  {
    name: 'a journal that was not claimed, or was released, cannot be written',
    async check(host) {
      const refused = async (): Promise<boolean> => {
        const found = [await host.journal.append('one', ['x']), await host.journal.restart('one', ['x'])];
        return found.every((result) => !result.ok && result.problems[0]?.code === 'journal/taken');
      };
      assert(await refused(), 'an unclaimed journal was written');
      expectOk(await host.journal.claim('one', false));
      expectOk(await host.journal.append('one', ['a']));
      await host.journal.release('one');
      assert(await refused(), 'a released journal was written');
      assert(expectOk(await host.journal.read('one')).join() === 'a', 'the journal differs');
    },
  },
  {
    name: 'journals are listed',
    async check(host) {
      for (const id of ['one', 'two']) {
        expectOk(await host.journal.claim(id, false));
        expectOk(await host.journal.append(id, ['a']));
      }
      const listed = expectOk(await host.journal.list());
      assert(
        listed
          .map(({ id }) => id)
          .sort()
          .join() === 'one,two',
        'the list differs',
      );
      assert(
        listed.every(({ taken }) => !taken),
        'an own journal counts as taken',
      );
    },
  },
  {
    name: 'a file that was changed by somebody else is not written over unless asked to',
    async check(host) {
      const first = defined(expectOk(await host.files.saveAs('net.spikeloom', projects, Uint8Array.of(1))), 'saved');
      expectOk(await host.files.save(first.file, Uint8Array.of(2), first.stamp));
      const stale = await host.files.save(first.file, Uint8Array.of(3), first.stamp);
      assert(!stale.ok && stale.problems[0]?.code === 'file/changed', 'newer work was written over');
      const opened = expectOk(await host.files.read(first.file));
      assert(sameBytes(opened.bytes, Uint8Array.of(2)), 'the content differs');
      expectOk(await host.files.save(first.file, Uint8Array.of(4), opened.stamp));
      expectOk(await host.files.save(first.file, Uint8Array.of(5), undefined));
      assert(sameBytes(expectOk(await host.files.read(first.file)).bytes, Uint8Array.of(5)), 'the content differs');
    },
  },
  {
    name: 'only addresses of known sites are opened',
    async check(host) {
      const foreign = ['file:///etc/passwd', 'javascript:alert(1)', 'https://evil.example/', 'smb://host/share'];
      for (const address of foreign) {
        const opened = await host.openExternal(address);
        assert(!opened.ok && opened.problems[0]?.code === 'host/address', `${address} was opened`);
      }
    },
  },
  {
    name: 'settings come back as they were set',
    async check(host) {
      assert((await host.settings.get('theme')) === undefined, 'an unknown setting has a value');
      await host.settings.set('theme', { name: 'dark', sizes: [1, 2.5] });
      await host.settings.set('other', false);
      assert(
        JSON.stringify(await host.settings.get('theme')) === '{"name":"dark","sizes":[1,2.5]}',
        'a setting differs',
      );
      assert((await host.settings.get('other')) === false, 'a setting differs');
    },
  },
];

async function saveNew(host: Host, name: string, bytes: Uint8Array): Promise<FileReference> {
  return defined(expectOk(await host.files.saveAs(name, projects, bytes)), 'the host asked somebody').file;
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}
