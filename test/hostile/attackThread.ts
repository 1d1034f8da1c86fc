import { parentPort, workerData } from 'node:worker_threads';
import { attackAll } from './attackers.ts';

/** Attacks the port that is handed over until it is told to stop, then says how many connections it has opened. */
const attacker = await attackAll(Number(workerData));
parentPort?.postMessage('all stand');
parentPort?.once('message', () => {
	attacker.stop();
	parentPort?.postMessage(attacker.opened());
});
