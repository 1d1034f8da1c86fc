/**
 * What is used of @kubernetes/client-node: kubeconfigs with their plug-ins and proxies, and port-forwards. It is taken from the
 * package's own files, because the package as a whole brings a class for every kind of the API. Nothing that an agent loads
 * may lead here.
 */
export { KubeConfig } from '@kubernetes/client-node/dist/config.js';
export { PortForward } from '@kubernetes/client-node/dist/portforward.js';
export { WebSocketHandler } from '@kubernetes/client-node/dist/web-socket-handler.js';
