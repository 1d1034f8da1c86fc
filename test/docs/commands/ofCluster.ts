import { by, type Claim, cluster, form, not } from './claim.ts';

const forwarded = by('test/cluster/nodes/scenarios/agents.ts', 'answers through a port-forward');
const image = by('test/image/container.test.ts', 'probes and answers as a random user');

/** Commands of who has a cluster. */
export const ofCluster: Readonly<Record<string, Claim>> = {
	'docker build --tag registry.example/registry-probe:0.1.0 .': image,
	'docker push registry.example/registry-probe:0.1.0': not('it needs a registry of yours'),
	'kubectl apply -k my-cluster': cluster,
	'kubectl apply -k manifests/pod-network': cluster,
	'kubectl apply -n team-a -k manifests/pull-secrets': cluster,
	'kubectl create secret tls registry-probe-tls -n registry-probe --cert=tls.crt --key=tls.key': cluster,
	'kubectl create serviceaccount reader -n registry-probe': cluster,
	'kubectl create clusterrolebinding registry-probe-readers --clusterrole=registry-probe-reader --serviceaccount=registry-probe:reader':
		cluster,
	'kubectl create token reader -n registry-probe --audience=registry-probe --duration=1h': cluster,
	'kubectl delete -n team-a -k manifests/pull-secrets': cluster,
	'kubectl delete -k manifests/pod-network': cluster,
	'kubectl delete clusterrolebinding registry-probe-readers': cluster,
	'kubectl delete -k my-cluster --ignore-not-found': cluster,
	'kubectl delete daemonset registry-probe -n registry-probe --cascade=foreground': cluster,
	'kubectl get pods -n registry-probe -o wide': cluster,
	[`kubectl get nodes -o name | xargs -I NODE kubectl patch NODE --subresource=status --type=strategic --patch '{"status":{"conditions":[{"type":"RegistriesReachable","$patch":"delete"}]}}'`]:
		cluster,
	"kubectl get events -A --field-selector reason=Failed -o jsonpath='{.items[-1:].message}' | registry-probe explain --message -":
		cluster,
	'kubectl rollout status daemonset/registry-probe -n registry-probe': by(
		'test/cluster/nodes/scenarios/life.ts',
		'a node that is added has its agent',
	),
	'kubectl rollout undo daemonset/registry-probe -n registry-probe': not(
		'it needs the controller that keeps former versions, and a former version',
	),
	'kubectl port-forward -n registry-probe pod/NAME 9917': forwarded,
	'kubectl exec -n registry-probe pod/NAME -- /nodejs/bin/node /registry-probe/registry-probe.mjs explain shop/cart-7d9f':
		by('test/kubernetes/explainAgent.spec.ts', 'a real agent tells a person far away'),
	'oc adm policy add-scc-to-user privileged -z registry-probe -n registry-probe': not('it needs an OpenShift'),
	'kubectl apply -k': form('kubectl apply'),
	'kubectl delete -k': form('kubectl delete'),
	'kubectl port-forward': form('kubectl port-forward'),
	'kubectl describe': form('kubectl describe'),
	'kubectl describe pod': form('kubectl describe'),
};
