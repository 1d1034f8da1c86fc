/** Where something stands: the path on the node, as a program there would open it, and the line. */
export interface Place {
	readonly file: string;
	/** From 1; absent where the whole file is meant. */
	readonly line?: number;
}

/** What the node's own pull configuration can have wrong, one word each: value of the label `fault`. */
export type NodeFaultName =
	/** A file that cannot be read: missing rights, an input or output error. */
	| 'file_unreadable'
	/** A file that its reader refuses, as a whole. */
	| 'file_invalid'
	/** A key or value that its reader passes over or refuses. */
	| 'setting_invalid'
	/** A setting that this version of the runtime does not know or obey. */
	| 'setting_ignored'
	/** containerd in transfer mode takes several directories as one name, and so finds none of them. */
	| 'config_path_ignored'
	/** hosts.toml names a capability that containerd does not know, and so refuses the file. */
	| 'capability_unknown'
	/** A CA file, or client certificate, that the runtime cannot load. */
	| 'certificate_unusable'
	/** No certificate at all is trusted on this node. */
	| 'trust_empty'
	/** Changed after the runtime has started, which reads it once. */
	| 'changed_after_start'
	/** The runtime refuses pulls of this name. */
	| 'registry_blocked'
	/** Hosts that stand in the order but that the runtime never comes to. */
	| 'host_never_asked';

/** A fault of the node's own pull configuration. It is shown in the plan and as a metric; it never stops the agent. */
export interface NodeFault extends Place {
	readonly fault: NodeFaultName;
	/** What is wrong and what the runtime does about it, for people. Holds no secret. */
	readonly detail: string;
}
