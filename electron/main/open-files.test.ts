/** Which arguments of a start are projects to open. */
import { describe, expect, it } from 'vitest';
import { projectPaths } from './open-files.ts';

describe('paths of projects', () => {
  it.each([
    ['/a/net.spikeloom', '/a/net.spikeloom'],
    ['net.spikeloom', '/home/me/net.spikeloom'],
    ['../NET.SPIKELOOM', '/home/NET.SPIKELOOM'],
    ['file:///a/my%20net.spikeloom', '/a/my net.spikeloom'],
    ['/a/../b/./net.spikeloom', '/a/../b/./net.spikeloom'],
  ])('%s', (arg, path) => {
    expect(projectPaths([arg], '/home/me')).toEqual([path]);
  });

  it.each([
    '.',
    '--flag=/a/net.spikeloom',
    '-net.spikeloom',
    'net.json',
    'https://evil.example/net.spikeloom',
    'file://server/share/net.spikeloom',
    'file:///a/net%00.spikeloom',
    '/a/net\0.spikeloom',
    'file:///a%2fnet.spikeloom',
    `/${'a'.repeat(5000)}.spikeloom`,
    '',
  ])('not %j', (arg) => {
    expect(projectPaths([arg], '/home/me')).toEqual([]);
  });
});
