"""The strict model: the policy's law as constraints, phase by phase, and what proves its list the only one."""
