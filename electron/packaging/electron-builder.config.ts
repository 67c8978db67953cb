/** Packages of the desktop app: what goes in, and in which forms for which system. */
import type { Configuration } from 'electron-builder';
import { afterPack } from './after-pack.ts';
import { packageFiles } from './package-content.ts';

const icons = 'electron/packaging/icons';

const configuration: Configuration = {
  appId: 'org.spikeloom.spikeloom',
  productName: 'Spikeloom',
  copyright: 'Spikeloom contributors, Apache-2.0',
  directories: { output: 'dist/packages', buildResources: icons },
  files: [...packageFiles],
  asar: true,
  // Everything is bundled: there is no native module to build and nothing to install beside the app.
  npmRebuild: false,
  nodeGypRebuild: false,
  electronLanguages: ['en-US'],
  fileAssociations: [
    {
      ext: 'spikeloom',
      name: 'Spikeloom project',
      description: 'Spikeloom project',
      mimeType: 'application/x-spikeloom',
      role: 'Editor',
      rank: 'Owner',
    },
  ],
  // A .deb must name a page and an author; there is no page yet.
  extraMetadata: { homepage: 'https://spikeloom.invalid/', author: 'Spikeloom contributors' },
  // No place to publish at: updates stay off until one is named here.
  publish: null,
  afterPack,
  linux: {
    icon: `${icons}/icon.png`,
    target: ['AppImage', 'deb'],
    category: 'Science',
    executableName: 'spikeloom',
    synopsis: 'Workbench for spiking networks and reservoirs',
    maintainer: 'Spikeloom contributors <contributors@spikeloom.invalid>',
  },
  win: { icon: `${icons}/icon.ico`, target: [{ target: 'nsis', arch: ['x64', 'arm64'] }] },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
  mac: {
    icon: `${icons}/icon.icns`,
    target: [{ target: 'dmg', arch: ['universal'] }],
    category: 'public.app-category.education',
    hardenedRuntime: true,
    gatekeeperAssess: false,
    // Generated WebAssembly needs memory that is written and then run; nothing else is asked for.
    entitlements: 'electron/packaging/entitlements.mac.plist',
    entitlementsInherit: 'electron/packaging/entitlements.mac.plist',
  },
};

export default configuration;
