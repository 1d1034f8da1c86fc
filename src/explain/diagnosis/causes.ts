import type { AnyReason } from '../../reasons/reason.ts';
import type { CauseRule } from './causeRule.ts';
import { contentCauses } from './causesOfContent.ts';
import { reachCauses } from './causesOfReach.ts';

const ofKubelet = (why: string): CauseRule => ({ cause: 'kubelet', proof: 'others', why });
const ofNobody = (why: string): CauseRule => ({ cause: 'unknown', proof: 'others', why });

/** For every reason. What is not proved is the likeliest cause, and told as such. */
export const causes: Readonly<Record<AnyReason, CauseRule>> = {
	...reachCauses,
	...contentCauses,
	invalid_reference: { cause: 'image', proof: 'alone', why: 'names are read by fixed rules, the same everywhere' },
	pull_throttled_by_kubelet: ofKubelet('no registry was asked'),
	node_disk_full: ofKubelet('the image came and could not be kept'),
	policy_blocked: ofKubelet('the node may not run it, whatever the registry serves'),
	pull_never: ofKubelet('the pod forbids to ask any registry'),
	pull_slots_blocked: ofKubelet('the pull waits for its turn'),
	agent_resources_exhausted: ofNobody('it is said of a program on the node, not of the way or the registry'),
	cancelled: ofNobody('somebody gave up waiting, for what is not known'),
	unknown: ofNobody('nobody knows'),
};
