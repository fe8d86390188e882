{{- define "filejob.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" }}
{{- end }}

{{- /* Unique in the namespace. 50 characters leave room for suffixes. */ -}}
{{- define "filejob.fullname" -}}
{{- $name := include "filejob.name" . }}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" }}
{{- else if contains $name .Release.Name }}
{{- .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 50 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "filejob.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "filejob.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: filejob
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "filejob.selectorLabels" -}}
app.kubernetes.io/name: {{ include "filejob.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: operator
{{- end }}

{{- define "filejob.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "filejob.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- /* Takes a list: the image's values, and its default tag. */ -}}
{{- define "filejob.image" -}}
{{- $image := index . 0 }}
{{- with $image.registry }}{{ . }}/{{ end }}{{ $image.repository }}
{{- if $image.digest }}@{{ $image.digest }}{{ else }}:{{ default (index . 1) $image.tag }}{{ end }}
{{- end }}

{{- /* Namespaces that get the workers' service account, as JSON: {"list": [...]}. */ -}}
{{- define "filejob.workerNamespaces" -}}
{{- dict "list" (concat (list .Release.Namespace) (.Values.watchNamespaces | default .Values.worker.namespaces) | uniq) | toJson }}
{{- end }}

{{- /* The operator's permissions in the namespaces of FileJobs. */ -}}
{{- define "filejob.operatorRules" -}}
- apiGroups: [filejob.io]
  resources: [filejobs]
  verbs: [get, list, watch, create, update, patch, delete]
- apiGroups: [filejob.io]
  resources: [filejobs/status]
  verbs: [get, update, patch]
- apiGroups: [filejob.io]
  resources: [filejobs/finalizers]
  verbs: [update]
- apiGroups: [""]
  resources: [configmaps]
  verbs: [get, list, watch, create, patch, delete, deletecollection]
- apiGroups: [batch]
  resources: [jobs]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, watch]
- apiGroups: [""]
  resources: [events]
  verbs: [list, create]
# A Job that Kueue has admitted is stopped through its Workload.
- apiGroups: [kueue.x-k8s.io]
  resources: [workloads]
  verbs: [list, patch]
{{- end }}

{{- define "filejob.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "filejob.podSecurityContext" -}}
runAsNonRoot: true
{{- with .Values.runAsUser }}
runAsUser: {{ . }}
runAsGroup: {{ . }}
{{- end }}
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- /* The namespaces in which an admission policy applies; all if all namespaces are watched. */ -}}
{{- define "filejob.inWatchedNamespaces" -}}
{{- if .Values.watchNamespaces -}}
matchResources:
  namespaceSelector:
    matchExpressions:
      - key: kubernetes.io/metadata.name
        operator: In
        values:
          {{- concat (list .Release.Namespace) .Values.watchNamespaces | uniq | toYaml | nindent 10 }}
{{- end }}
{{- end }}

{{- /* Network access that operators and workers always need. */ -}}
{{- define "filejob.dnsAndApiServer" -}}
- ports:
    - port: 53
      protocol: UDP
    - port: 53
- ports:
    {{- range .Values.networkPolicy.apiServerPorts }}
    - port: {{ . }}
    {{- end }}
  {{- with .Values.networkPolicy.apiServerAddresses }}
  to:
    {{- range . }}
    - ipBlock: {cidr: {{ . | quote }}}
    {{- end }}
  {{- end }}
{{- end }}

{{- /* Where the service stores uploads, and where the jobs of its templates write. */ -}}
{{- define "filejob.apiStorage" -}}
{{- with .Values.api.storage -}}
- name: FILEJOB_SERVICE_LOCAL_DATA
  value: /filejob
{{- if .claim }}
- name: FILEJOB_SERVICE_CLUSTER_CLAIM
  value: {{ .claim }}
- name: FILEJOB_SERVICE_CLUSTER_CLAIM_NAMESPACE
  value: {{ $.Release.Namespace }}
{{- end }}
{{- if .bucket }}
- name: FILEJOB_SERVICE_UPLOADS
  value: s3://{{ .bucket }}/uploads/
- name: FILEJOB_SERVICE_RESULTS
  value: s3://{{ .bucket }}/results/
- name: FILEJOB_SERVICE_S3_PATH_STYLE
  value: {{ .pathStyle | quote }}
{{- with .endpoint }}
- name: FILEJOB_SERVICE_S3_ENDPOINT
  value: {{ . | quote }}
{{- end }}
{{- with .region }}
- name: FILEJOB_SERVICE_S3_REGION
  value: {{ . | quote }}
{{- end }}
{{- with .jobSecret }}
- name: FILEJOB_SERVICE_S3_CREDENTIALS_SECRET
  value: {{ . }}
{{- end }}
{{- with .publicEndpoint }}
- name: FILEJOB_SERVICE_S3_PUBLIC_ENDPOINT
  value: {{ . | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* The pods with which the service reads claims that it does not mount: like the pods of workers. */ -}}
{{- define "filejob.apiReaders" -}}
{{- if .Values.api.readers.enabled -}}
- name: FILEJOB_SERVICE_CLUSTER_READERS_IMAGE
  value: {{ include "filejob.image" (list .Values.worker.image .Chart.AppVersion) | quote }}
- name: FILEJOB_SERVICE_CLUSTER_READERS_PULL_POLICY
  value: {{ .Values.worker.image.pullPolicy }}
{{- if .Values.imagePullSecrets }}
{{- $names := list }}
{{- range .Values.imagePullSecrets }}{{ $names = append $names .name }}{{ end }}
- name: FILEJOB_SERVICE_CLUSTER_READERS_PULL_SECRETS
  value: {{ join "," $names | quote }}
{{- end }}
- name: FILEJOB_SERVICE_CLUSTER_READERS_SERVICE_ACCOUNT
  value: {{ .Values.worker.serviceAccount.name }}
{{- with .Values.runAsUser }}
- name: FILEJOB_SERVICE_CLUSTER_READERS_USER
  value: {{ . | int64 | quote }}
{{- end }}
- name: FILEJOB_SERVICE_CLUSTER_READERS_RESOURCES
  value: {{ .Values.api.readers.resources | toJson | quote }}
- name: FILEJOB_SERVICE_CLUSTER_READERS_MAX
  value: {{ .Values.api.readers.max | int64 | quote }}
- name: FILEJOB_SERVICE_CLUSTER_READERS_START_TIMEOUT
  value: {{ .Values.api.readers.startTimeout }}
{{- end }}
{{- end }}

{{- /* Whether the admission policies are created; empty if not. */ -}}
{{- define "filejob.hasAdmissionPolicies" -}}
{{- $create := .Values.admissionPolicies.create }}
{{- if kindIs "invalid" $create }}{{ $create = not .Values.watchNamespaces }}{{ end }}
{{- if $create }}yes{{ end }}
{{- end }}

{{- /* Whether there is a role for people who may create pods that read claims, and no others; empty if not. */ -}}
{{- define "filejob.hasClaimsRole" -}}
{{- if and .Values.api.enabled .Values.api.readers.enabled (include "filejob.hasAdmissionPolicies" .) }}yes{{ end }}
{{- end }}

{{- /* Where people sign in to the service. */ -}}
{{- define "filejob.apiProvider" -}}
{{- with .Values.api.oidc }}
{{- if .issuer }}
- name: FILEJOB_SERVICE_CLUSTER_OIDC_ISSUER
  value: {{ .issuer | quote }}
- name: FILEJOB_SERVICE_CLUSTER_OIDC_CLIENT_ID
  value: {{ required "api.oidc.clientId is empty; set the name of the service at the provider" .clientId | quote }}
- name: FILEJOB_SERVICE_CLUSTER_OIDC_SCOPES
  value: {{ join "," .scopes | quote }}
{{- with .clientSecret }}
- name: FILEJOB_SERVICE_CLUSTER_OIDC_CLIENT_SECRET
  valueFrom:
    secretKeyRef:
      name: {{ . }}
      key: client-secret
{{- end }}
{{- with .publicUrl }}
- name: FILEJOB_SERVICE_CLUSTER_OIDC_PUBLIC_URL
  value: {{ . | quote }}
{{- end }}
{{- if .caConfigMap }}
- name: FILEJOB_SERVICE_CLUSTER_OIDC_AUTHORITIES
  value: /etc/filejob/provider/ca.crt
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* Variables for the logs of operator and service. */}}
{{- define "filejob.logEnv" -}}
- name: FILEJOB_LOG_JSON
  value: {{ .Values.logging.json | quote }}
- name: FILEJOB_LOG_LEVEL
  value: {{ .Values.logging.level }}
{{- end }}

{{/* Variables of OpenTelemetry's SDK, as a map. */}}
{{- define "filejob.traceEnv" -}}
{{- $env := dict "OTEL_TRACES_EXPORTER" "otlp" "OTEL_EXPORTER_OTLP_ENDPOINT" .Values.tracing.endpoint }}
{{- merge (deepCopy .Values.tracing.env) $env | toYaml }}
{{- end }}
