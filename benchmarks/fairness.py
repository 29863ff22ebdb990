"""What memory (Q) and rotation (J) do over months: rolls, tables and figures.

python benchmarks/fairness.py            # everything; interrupted, it goes on with what is missing
python benchmarks/fairness.py --only rolls
"""
