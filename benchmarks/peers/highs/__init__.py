"""The weekly problem as a mixed-integer program for HiGHS; `engine.run` solves a job.

The model is the one of the CP-SAT peer, translated constraint by constraint. The libraries of the
two do not load into one process, so a second one translates (`translating`), and importing this
package alone loads neither.
"""
