"""Every list and page of the records keeps the promises of a page."""

from accounts.roles import Function
from tests.factories import clusters as made
from tests.factories.accounts import commune
from tests.pages import PageContract

F = Function


class _List(PageContract):
    function = F.VIEW_REGISTRY
    max_queries = 8


class TestInvestorList(_List):
    url_name = "registry:investor_list"

    def url_kwargs(self):
        made.ClusterFactory(investor=made.InvestorFactory())
        return {}

    def grow(self):
        made.SecondaryProjectFactory.create_batch(3, cluster=made.ClusterFactory())


class TestInfrastructureList(_List):
    url_name = "registry:infrastructure_list"

    def url_kwargs(self):
        made.PaidCapitalFactory()
        return {}

    def grow(self):
        for _ in range(3):
            made.PaidCapitalFactory()


class TestPlotList(_List):
    url_name = "registry:plot_list"

    def url_kwargs(self):
        made.PlotFactory()
        return {}

    def grow(self):
        made.PlotFactory.create_batch(3)


class TestProjectList(_List):
    url_name = "registry:project_list"

    def url_kwargs(self):
        made.SecondaryProjectFactory(industry=made.industry())
        return {}

    def grow(self):
        made.SecondaryProjectFactory.create_batch(3, industry=made.industry())


class TestObstacleList(_List):
    url_name = "registry:obstacle_list"

    def url_kwargs(self):
        made.ObstacleFactory()
        return {}

    def grow(self):
        made.ObstacleFactory.create_batch(3)


class TestInspectionList(_List):
    url_name = "registry:inspection_list"

    def url_kwargs(self):
        made.ViolationFactory()
        return {}

    def grow(self):
        made.ViolationFactory.create_batch(3)


class TestPlanList(_List):
    url_name = "registry:plan_list"

    def url_kwargs(self):
        made.PlannedClusterFactory()
        return {}

    def grow(self):
        made.PlannedClusterFactory.create_batch(3)


class TestPlotPage(PageContract):
    url_name = "registry:plot"
    function = F.VIEW_REGISTRY
    is_record = True
    max_queries = 9

    def url_kwargs(self):
        plot = made.PlotFactory()
        return {"code": plot.cluster.code, "pk": plot.pk}


class TestPlotForm(TestPlotPage):
    url_name = "registry:plot_edit"
    function = F.EDIT_REGISTRY


class TestProjectPage(PageContract):
    url_name = "registry:project"
    function = F.VIEW_REGISTRY
    is_record = True
    max_queries = 12

    def url_kwargs(self):
        self.project = made.SecondaryProjectFactory()
        return {"code": self.project.cluster.code, "pk": self.project.pk}

    def grow(self):
        self.project.plots.set(made.PlotFactory.create_batch(3, cluster=self.project.cluster))


class TestInfrastructurePage(PageContract):
    url_name = "registry:infrastructure"
    function = F.VIEW_REGISTRY
    is_record = True
    max_queries = 12

    def url_kwargs(self):
        self.project = made.InfrastructureProjectFactory()
        # One figure, so that the limits by which figures grow old are read from the start.
        made.PaidCapitalFactory(project=self.project)
        return {"code": self.project.cluster.code, "pk": self.project.pk}

    def grow(self):
        made.CostLineFactory(project=self.project)
        made.PaidCapitalFactory.create_batch(3, project=self.project)


class TestInspectionPage(PageContract):
    url_name = "registry:inspection"
    function = F.VIEW_REGISTRY
    is_record = True
    max_queries = 10

    def url_kwargs(self):
        self.inspection = made.InspectionFactory()
        return {"code": self.inspection.cluster.code, "pk": self.inspection.pk}

    def grow(self):
        made.ViolationFactory.create_batch(3, inspection=self.inspection)


class TestPlotsOfACluster(PageContract):
    url_name = "registry:cluster_plots"
    function = F.VIEW_REGISTRY
    is_record = True
    max_queries = 9

    def url_kwargs(self):
        self.cluster = made.ClusterFactory()
        made.PlotFactory(cluster=self.cluster)
        return {"code": self.cluster.code}

    def grow(self):
        plots = made.PlotFactory.create_batch(3, cluster=self.cluster)
        made.SecondaryProjectFactory(cluster=self.cluster).plots.set(plots)


class TestPlanPage(PageContract):
    url_name = "registry:plan"
    function = F.VIEW_REGISTRY
    is_record = True
    max_queries = 12

    def url_kwargs(self):
        self.plan = made.DevelopmentPlanFactory(draft=True)
        made.PlannedClusterFactory(plan=self.plan, commune=commune(), cluster=made.ClusterFactory())
        return {"pk": self.plan.pk}

    def grow(self):
        for _ in range(3):
            made.PlannedClusterFactory(plan=self.plan, commune=commune(), cluster=made.ClusterFactory())
        made.ConversionPlanFactory(planned_cluster=made.PlannedClusterFactory(plan=self.plan))


class TestComparison(PageContract):
    url_name = "registry:plan_compare"
    function = F.VIEW_REGISTRY
    is_record = True
    max_queries = 12

    def url_kwargs(self):
        self.old, self.new = made.DevelopmentPlanFactory(), made.DevelopmentPlanFactory()
        made.PlannedClusterFactory(plan=self.old)
        made.PlannedClusterFactory(plan=self.new)
        return {"old": self.old.pk, "new": self.new.pk}

    def grow(self):
        made.PlannedClusterFactory.create_batch(3, plan=self.new)


class TestInvestorPage(PageContract):
    url_name = "registry:investor"
    function = F.VIEW_REGISTRY
    max_queries = 14

    def url_kwargs(self):
        self.investor = made.InvestorFactory()
        made.ClusterFactory(investor=self.investor)
        made.SecondaryProjectFactory(investor=self.investor)
        return {"pk": self.investor.pk}

    def grow(self):
        made.ClusterFactory.create_batch(2, investor=self.investor)
        made.SecondaryProjectFactory.create_batch(2, investor=self.investor)
