"""The words of an explanation: the answer first, then whom it is about, then what happened and why."""
