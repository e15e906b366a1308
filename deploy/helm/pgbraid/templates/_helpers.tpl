{{- define "pgbraid.name" -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- end }}

{{- define "pgbraid.selector" -}}
app.kubernetes.io/name: pgbraid
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "pgbraid.labels" -}}
{{ include "pgbraid.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "pgbraid.secret" -}}
{{- .Values.existingSecret | default (include "pgbraid.name" .) -}}
{{- end }}
