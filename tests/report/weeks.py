"""The two weeks of the toy scenario, planned once for all tests of reports."""

from pysched.department import Order, plan_week
from pysched.instance import find_scenario, read_scenario, weeks_of
from pysched.model import State
from pysched.solver import Options

SCENARIO = read_scenario(find_scenario("toy"))
WEEKS = weeks_of(SCENARIO)
ORDER = Order(SCENARIO, WEEKS, State(), Options(None, 20_000, 1, 1))
FIRST = plan_week(ORDER, WEEKS[0], State())
SECOND = plan_week(ORDER, WEEKS[1], FIRST.after)
RECORDS = [FIRST.record, SECOND.record]
