"""What holds for every test: random examples are the same every time, and none has a deadline.

The gate must say the same thing twice, also on a slow machine. For new examples each time:
`pytest --hypothesis-profile=default`.
"""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "gate", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("gate")
