/** Preload script: gives the page the two functions of the host bridge, and nothing else. */
import { contextBridge, ipcRenderer } from 'electron';
import { hostBridgeName } from '../../engine/protocol/host-requests.ts';
import { createBridge } from './bridge.ts';

contextBridge.exposeInMainWorld(hostBridgeName, createBridge(ipcRenderer));
