/** Names of the two channels between page and main process. */
export const requestChannel = 'spikeloom:host';
export const eventChannel = 'spikeloom:host-event';

/** Where the page lives under Electron. */
export const pageOrigin = 'spikeloom://app';
