/** Script of a thread that helps with the steps of a run. */
import { joinRun, type JoinMessage } from '../../engine/runtime/step-helper.ts';
import { ownThread } from '../platform/node-threads.ts';

ownThread().onMessage((message) => joinRun(message as JoinMessage));
