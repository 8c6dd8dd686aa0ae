"""Every table of the house, gathered for migrations and backups."""

from portal.accounts import models as accounts
from portal.comments import admission_models as admission
from portal.comments import attachment_models as attachments
from portal.comments import models as comments
from portal.comments import registration_models as registrations
from portal.conferences import accreditation_models as accreditations
from portal.conferences import models as conferences
from portal.conferences.floor import models as floor
from portal.conferences.follow import models as follow
from portal.conferences.hall import models as hall
from portal.conferences.minutes import models as minutes
from portal.conferences.table import models as table
from portal.db import Base
from portal.drafting import models as drafting
from portal.files import models as files
from portal.forum import models as forum
from portal.jobs import models as jobs
from portal.journal import models as journal
from portal.news import models as news
from portal.opinions import models as opinions
from portal.opinions.adoption import models as adoption
from portal.opinions.amending import models as amending
from portal.opinions.deliberation import models as deliberation
from portal.opinions.proposals import models as proposals
from portal.opinions.requests import models as requests
from portal.plan import models as plan
from portal.search import models as search
from portal.territory import models as territory
from portal.voting import models as voting

MODULES = (
    accounts,
    accreditations,
    admission,
    adoption,
    amending,
    attachments,
    comments,
    conferences,
    deliberation,
    drafting,
    files,
    floor,
    follow,
    forum,
    hall,
    jobs,
    journal,
    minutes,
    news,
    opinions,
    plan,
    proposals,
    registrations,
    requests,
    search,
    table,
    territory,
    voting,
)
METADATA = Base.metadata
