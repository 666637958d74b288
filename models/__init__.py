"""The strict CP-SAT model: the same law as the procedure, stated as constraints, sharing no code with it.

Nothing is imported here: who needs an arrangement of the models alone loads no solver.
"""
