import { createAuthority, type Authority } from '../../fakes/authority.ts';
import { type ControlPlane, startControlPlane } from '../../kubernetes/controlPlane.ts';
import { endDaemon, startDaemon } from '../../kubernetes/daemon.ts';
import { Directory } from '../../real/directory.ts';
import { hub } from './addresses.ts';
import { issueFor, kubeconfigOf } from './identity.ts';
import type { Prepared } from './prepared.ts';

/** A control plane with its controllers and its scheduler. */
export interface WholePlane extends AsyncDisposable {
	readonly plane: ControlPlane;
	/** Who vouches for users, nodes and the API server itself when it is the client. */
	readonly clientAuthority: Authority;
}

/** Starts etcd, the API server at the hub, the controller manager and the scheduler. Throws when the first two do not come up. */
export async function startWholePlane({ programs, nodePrograms }: Prepared): Promise<WholePlane> {
	await using stack = new AsyncDisposableStack();
	const directory = stack.use(new Directory());
	const clientAuthority = await createAuthority();
	const toKubelets = await issueFor(clientAuthority, 'kube-apiserver', 'system:masters');
	const flags = [
		`--client-ca-file=${directory.write('clients.crt', clientAuthority.pem)}`,
		`--kubelet-client-certificate=${directory.write('kubelets.crt', toKubelets.chain)}`,
		`--kubelet-client-key=${directory.write('kubelets.key', toKubelets.key)}`,
		'--kubelet-preferred-address-types=InternalIP',
	];
	const plane = stack.use(await startControlPlane(programs, flags, hub));
	const start = async (program: string, name: string, more: readonly string[]) => {
		const kubeconfig = await kubeconfigOf(clientAuthority, plane.access, `system:${name}`);
		const common = ['--leader-elect=false', '--bind-address=127.0.0.1', `--cert-dir=${directory.at(name)}`];
		const own = `--kubeconfig=${directory.write(`${name}.conf`, kubeconfig)}`;
		const child = startDaemon(program, [own, ...common, ...more], directory.at(`${name}.log`));
		stack.defer(async () => await endDaemon(child));
	};
	await start(nodePrograms.controllerManager, 'kube-controller-manager', [
		'--use-service-account-credentials=true',
		`--root-ca-file=${plane.access.ca}`,
		// It would make its usual directory below /usr, on this machine.
		`--flex-volume-plugin-dir=${directory.at('volume-plugins')}`,
	]);
	await start(nodePrograms.scheduler, 'kube-scheduler', []);
	const owned = stack.move();
	return { plane, clientAuthority, [Symbol.asyncDispose]: async () => await owned.disposeAsync() };
}
