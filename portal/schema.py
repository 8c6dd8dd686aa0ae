"""Every table of the house, gathered for migrations and backups."""

from portal.accounts import models as accounts
from portal.comments import models as comments
from portal.db import Base
from portal.drafting import models as drafting
from portal.jobs import models as jobs
from portal.journal import models as journal
from portal.news import models as news
from portal.plan import models as plan
from portal.territory import models as territory
from portal.voting import models as voting

MODULES = (accounts, comments, drafting, jobs, journal, news, plan, territory, voting)
METADATA = Base.metadata
