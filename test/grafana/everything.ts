import { stages } from '../../src/probe/stages.ts';
import { createMetricsView } from '../../src/views/metrics/metricsView.ts';
import { aStore, aTarget } from '../store/literals.ts';
import { fillUp } from '../views/metricsFullest.ts';

/** The node of the text. */
export const toldNode = 'told-1';

/** The metrics of an agent with what takes more than a fleet on loopback to have: logins that end, credential providers. */
export async function everythingTold(): Promise<string> {
	const target = aTarget();
	const store = aStore(target);
	fillUp(store, target);
	store.setLogin(target.id, { source: 'node', notAfter: Date.now() / 1000 + 86_400 });
	store.recordProvider({ provider: 'ecr-credential-provider', seconds: 0.4, failed: false });
	store.recordProvider({ provider: 'ecr-credential-provider', seconds: 0.4, failed: true });
	store.setConfiguration({ successful: false, at: Date.now(), faults: [] });
	store.setNodeFaults([{ file: '/etc/hosts', line: 2, fault: 'setting_invalid', detail: 'no address' }]);
	store.setNode({ zone: 'demo-1a', runtime: 'containerd/2.4.2', kernel: '6.8.0' });
	store.countRepeat('lag');
	store.setPullSecrets([
		{ registry: 'docker.io', namespace: 'shop', secret: 'regcred', success: false, reason: 'auth_rejected' },
		{ registry: 'docker.io', namespace: 'shop', secret: 'other', success: true },
	]);
	const view = createMetricsView({ store, stages, node: toldNode, network: 'host', version: '1.2.3' });
	return (await view.render()).body;
}
