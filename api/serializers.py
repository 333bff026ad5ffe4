"""What the REST interface says of the registry. Field names are the glossary's; units stand in the names."""

from rest_framework import serializers

from clusters.models import Cluster, Decision, Figures, Observation, SecondaryProject
from places.models import Commune, Province


class ProvinceSerializer(serializers.ModelSerializer):
    """A province in force."""

    class Meta:
        model = Province
        fields = ["code", "name_vi", "name_en", "full_name_vi", "kind", "valid_from"]


class CommuneSerializer(serializers.ModelSerializer):
    """A commune in force."""

    class Meta:
        model = Commune
        fields = ["code", "name_vi", "full_name_vi"]


class FiguresSerializer(serializers.ModelSerializer):
    """Computed figures, each with its as-of date; null means unknown or not computable, never zero."""

    class Meta:
        model = Figures
        fields = [
            "leased_ha",
            "leased_as_of",
            "leased_from_projects",
            "approved_ha",
            "approved_as_of",
            "serviced_ha",
            "serviced_as_of",
            "cleared_ha",
            "cleared_as_of",
            "unleased_ha",
            "occupancy_legal",
            "occupancy_report",
            "occupancy_serviced",
            "occupancy_cleared",
            "projects",
            "foreign_projects",
            "operating_projects",
            "projects_as_of",
            "workers",
            "workers_as_of",
            "free_plots",
            "free_plots_ha",
            "has_wastewater_plant",
        ]


class ClusterSerializer(serializers.ModelSerializer):
    """A cluster as its decisions leave it, with its figures."""

    province = ProvinceSerializer()
    commune = CommuneSerializer(allow_null=True)
    investor = serializers.CharField(source="investor.name", allow_null=True, default=None)
    figures = FiguresSerializer(allow_null=True, default=None)
    url = serializers.HyperlinkedIdentityField(view_name="api:cluster-detail", lookup_field="code")

    class Meta:
        model = Cluster
        fields = [
            "url",
            "code",
            "name",
            "cluster_type",
            "stage",
            "province",
            "commune",
            "place_as_recorded",
            "area_ha",
            "industrial_land_ha",
            "investor",
            "main_lines",
            "established_on",
            "longitude",
            "latitude",
            "position_is_exact",
            "is_confirmed",
            "updated_at",
            "figures",
        ]


class SourcedSerializer(serializers.ModelSerializer):
    """Where a row comes from."""

    SOURCE = ("source_class", "source_title", "source_number", "source_date", "source_url")


class DecisionSerializer(SourcedSerializer):
    """A recorded decision and what it lays down; blank and null leave a fact as it was."""

    sets_commune = serializers.SlugRelatedField(slug_field="code", read_only=True)
    sets_investor = serializers.CharField(source="sets_investor.name", allow_null=True, default=None)

    class Meta:
        model = Decision
        fields = [
            "id",
            "kind",
            "number",
            "issued_on",
            "effective_on",
            "issuer",
            "regime",
            "place_as_issued",
            "sets_name",
            "sets_cluster_type",
            "sets_stage",
            "sets_commune",
            "sets_area_ha",
            "sets_industrial_land_ha",
            "sets_investor",
            "sets_main_lines",
            "sets_established_on",
            "clears",
            "corrects",
            "recorded_at",
            *SourcedSerializer.SOURCE,
        ]


class ObservationSerializer(SourcedSerializer):
    """One observed figure; the unit belongs to the indicator (ha, people, projects, per cent)."""

    class Meta:
        model = Observation
        fields = ["id", "indicator", "value", "as_of", "as_of_text", "note", *SourcedSerializer.SOURCE]


class SecondaryProjectSerializer(SourcedSerializer):
    """A secondary project; capital in VND, land in ha."""

    investor = serializers.CharField(source="investor.name")
    industry = serializers.CharField(source="industry.code", allow_null=True, default=None)

    class Meta:
        model = SecondaryProject
        fields = [
            "id",
            "name",
            "investor",
            "industry",
            "product",
            "stage",
            "group",
            "capital",
            "is_foreign",
            "foreign_capital",
            "land_ha",
            "leased_on",
            "operating_from",
            "workers",
            "as_of",
            *SourcedSerializer.SOURCE,
        ]
