/** The log file of the desktop app. The variant for Node is used: it adds no channel between page and main process. */
import log from 'electron-log/node';
import type { Host } from '../../engine/platform/host.ts';

const maximumBytes = 4 << 20;

/** Logs into the file at `path`; at 4 MB it becomes `….old.log` and a new one begins. Nothing is printed. */
export function createDesktopLog(path: string): Host['log'] {
  const logger = log.create({ logId: path });
  logger.transports.console.level = false;
  logger.transports.file.resolvePathFn = () => path;
  logger.transports.file.maxSize = maximumBytes;
  logger.transports.file.level = 'info';
  // One message is one line, and cannot pass for another one.
  logger.transports.file.format = ({ message }) => [
    `${message.date.toISOString()} ${message.level} ${JSON.stringify(message.data[0])}`,
  ];
  return (level, message) => (level === 'warning' ? logger.warn(message) : logger[level](message));
}
