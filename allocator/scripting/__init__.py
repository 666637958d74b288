"""What ``allocator`` offers to scripts beside reading and solving (docs/python.md).

Planners' questions, proofs and explanations. Every function loads what it uses when it is called.
"""
