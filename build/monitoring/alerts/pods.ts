import { inCluster, named, nodesOf, onNodes } from '../phrases.ts';
import type { Alert } from '../rule.ts';
import { settled } from '../series.ts';

const own = ['cluster', 'registry'];
const waiting = onNodes('image_pull_failing', own, 'explained!="probe"');

/** Where the probe sees nothing and pods do. */
export const unexplained: Alert = {
	alert: 'RegistryProbePullsFailUnexplained',
	by: ['registry'],
	severity: 'warning',
	area: 'path',
	expr: `
sum by (cluster, registry) (
  registry_probe_image_pull_failing{network="host", explained!="probe", cause=~"node|registry|rate_limit|kubelet|unknown"}
  and on (cluster, node, registry)
    registry_probe_pull_success{network="host"} == 1
  and on (cluster, node)
    ${settled}
) > 0`,
	for: '15m',
	keepFiringFor: '15m',
	summary: `Pods do not get images from {{ $labels.registry }}${inCluster} although the probe does`,
	description: `{{ $value }} pods wait for an image from {{ $labels.registry }} on nodes where the probe succeeds, for a cause that is neither the image nor its login: ${named('cause', waiting, own)}. Ask for one of them: registry-probe explain NAMESPACE/POD. ${nodesOf(waiting, own)}`,
	means:
		'Pods wait for images while the path that is probed is green, and it is not the fault of the image or its login: download slots that hang, a full disk, another repository with other rules, something that the probe does not see.',
	look: '`registry-probe explain NAMESPACE/POD` for one of the pods, then the runtime on its node.',
	silence:
		'Images that do not exist and logins of pods that are refused are theirs who deploy them, and do not count. Needs the component `discovery`. It ends 15 minutes after the pods have their images or are gone.',
};
