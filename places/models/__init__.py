"""Administrative units of all times: each row has its dates of validity and knows what it became."""

from places.models.communes import Commune, CommuneSuccession
from places.models.districts import District
from places.models.provinces import Province, Region

__all__ = ["Commune", "CommuneSuccession", "District", "Province", "Region"]
