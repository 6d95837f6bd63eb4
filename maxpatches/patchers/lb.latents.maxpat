{
	"patcher": {
		"fileversion": 1,
		"appversion": {
			"major": 8,
			"minor": 6,
			"revision": 0,
			"architecture": "x64",
			"modernui": 1
		},
		"classnamespace": "box",
		"rect": [
			80.0,
			100.0,
			480.0,
			306.0
		],
		"bglocked": 0,
		"openinpresentation": 1,
		"default_fontsize": 12.0,
		"default_fontface": 0,
		"default_fontname": "Arial",
		"gridonopen": 1,
		"gridsize": [
			15.0,
			15.0
		],
		"gridsnaponopen": 1,
		"objectsnaponopen": 1,
		"statusbarvisible": 2,
		"toolbarvisible": 1,
		"lefttoolbarpinned": 0,
		"toptoolbarpinned": 0,
		"righttoolbarpinned": 0,
		"bottomtoolbarpinned": 0,
		"toolbars_unpinned_last_save": 0,
		"tallnewobj": 0,
		"boxanimatetime": 200,
		"enablehscroll": 1,
		"enablevscroll": 1,
		"devicewidth": 0.0,
		"description": "One slider for each latent coordinate. What the sliders say is smoothed (slew), multiplied by range, moved by offset, and sent either to the free voice or, from nothing, added to every note. walk lets them wander. Dots keep points: shift-click stores, a click recalls; A, B and the slider between them morph. Eight are there at the start: sounds of the default bundle. Wire the outlet to lb.bridge.",
		"digest": "All latent coordinates as sliders, with points to keep",
		"tags": "latent-bridge",
		"style": "",
		"subpatcher_template": "",
		"assistshowspatchername": 0,
		"boxes": [
			{
				"box": {
					"id": "obj-1",
					"maxclass": "panel",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						1200.0,
						20.0,
						60.0,
						22.0
					],
					"outlettype": [],
					"bgcolor": [
						0.16,
						0.18,
						0.21,
						1.0
					],
					"bgfillcolor": {
						"type": "color",
						"color": [
							0.16,
							0.18,
							0.21,
							1.0
						]
					},
					"border": 0,
					"rounded": 8,
					"background": 1,
					"ignoreclick": 1,
					"presentation": 1,
					"presentation_rect": [
						0.0,
						0.0,
						480.0,
						306.0
					]
				}
			},
			{
				"box": {
					"id": "obj-2",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						1200.0,
						52.0,
						100.0,
						20.0
					],
					"outlettype": [],
					"text": "lb.latents",
					"fontsize": 14.0,
					"fontface": 1,
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						10.0,
						7.0,
						100.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-3",
					"maxclass": "outlet",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						20.0,
						740.0,
						30.0,
						30.0
					],
					"outlettype": [],
					"comment": "OSC messages for lb.bridge",
					"index": 1
				}
			},
			{
				"box": {
					"id": "obj-4",
					"maxclass": "inlet",
					"numinlets": 0,
					"numoutlets": 1,
					"patching_rect": [
						20.0,
						20.0,
						30.0,
						30.0
					],
					"outlettype": [
						""
					],
					"comment": "-1. to 1. for each slider; store, recall, write, read",
					"index": 1
				}
			},
			{
				"box": {
					"id": "obj-5",
					"maxclass": "newobj",
					"numinlets": 5,
					"numoutlets": 5,
					"patching_rect": [
						20.0,
						68.0,
						156.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"",
						"",
						""
					],
					"text": "route recall store write read"
				}
			},
			{
				"box": {
					"id": "obj-6",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						300.0,
						20.0,
						119.1,
						20.0
					],
					"outlettype": [],
					"text": "number of sliders"
				}
			},
			{
				"box": {
					"id": "obj-7",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						300.0,
						52.0,
						90.6,
						22.0
					],
					"outlettype": [
						"list",
						"list"
					],
					"text": "patcherargs 32"
				}
			},
			{
				"box": {
					"id": "obj-8",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						300.0,
						84.0,
						30.0,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"text": "t b i"
				}
			},
			{
				"box": {
					"id": "obj-9",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						345.0,
						116.0,
						79.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend size"
				}
			},
			{
				"box": {
					"id": "obj-10",
					"maxclass": "multislider",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						20.0,
						212.0,
						200.0,
						60.0
					],
					"outlettype": [
						"",
						""
					],
					"size": 32,
					"varname": "sliders",
					"setminmax": [
						-1.0,
						1.0
					],
					"setstyle": 1,
					"settype": 1,
					"signed": 1,
					"bgcolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"slidercolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"bordercolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						10.0,
						36.0,
						460.0,
						110.0
					]
				}
			},
			{
				"box": {
					"id": "obj-11",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 3,
					"patching_rect": [
						620.0,
						52.0,
						45.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						""
					],
					"text": "uzi 32"
				}
			},
			{
				"box": {
					"id": "obj-12",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						620.0,
						84.0,
						30.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "0."
				}
			},
			{
				"box": {
					"id": "obj-13",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						620.0,
						116.0,
						70.0,
						22.0
					],
					"outlettype": [
						"inactive",
						"inactive"
					],
					"text": "zl group 32"
				}
			},
			{
				"box": {
					"id": "obj-14",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						300.0,
						180.0,
						245.1,
						20.0
					],
					"outlettype": [],
					"text": "slew: a part of the way on every tick"
				}
			},
			{
				"box": {
					"id": "obj-15",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						480.0,
						212.0,
						72.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "loadmess 1"
				}
			},
			{
				"box": {
					"id": "obj-16",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						480.0,
						244.0,
						58.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "metro 30"
				}
			},
			{
				"box": {
					"id": "obj-17",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						480.0,
						276.0,
						39.9,
						22.0
					],
					"outlettype": [
						"inactive",
						"inactive"
					],
					"text": "zl reg"
				}
			},
			{
				"box": {
					"id": "obj-18",
					"maxclass": "newobj",
					"numinlets": 3,
					"numoutlets": 1,
					"patching_rect": [
						300.0,
						340.0,
						241.2,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "vexpr $f1 + ($f2 - $f1) * $f3 @scalarmode 1"
				}
			},
			{
				"box": {
					"id": "obj-19",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						300.0,
						372.0,
						62.0,
						22.0
					],
					"outlettype": [
						"inactive",
						"inactive"
					],
					"text": "zl change"
				}
			},
			{
				"box": {
					"id": "obj-20",
					"maxclass": "live.dial",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						700.0,
						212.0,
						60.0,
						48.0
					],
					"outlettype": [
						"int/float",
						"int/float"
					],
					"activedialcolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"activeneedlecolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"fontsize": 10.0,
					"parameter_enable": 1,
					"saved_attribute_attributes": {
						"valueof": {
							"parameter_longname": "slew",
							"parameter_shortname": "slew",
							"parameter_type": 0,
							"parameter_initial_enable": 1,
							"parameter_initial": [
								50.0
							],
							"parameter_mmin": 1.0,
							"parameter_mmax": 5000.0,
							"parameter_unitstyle": 2
						}
					},
					"varname": "slew",
					"presentation": 1,
					"presentation_rect": [
						10.0,
						196.0,
						60.0,
						48.0
					]
				}
			},
			{
				"box": {
					"id": "obj-21",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						700.0,
						276.0,
						132.7,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "expr 1. - exp(-30. / $f1)"
				}
			},
			{
				"box": {
					"id": "obj-22",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						300.0,
						404.0,
						112.8,
						20.0
					],
					"outlettype": [],
					"text": "range and offset"
				}
			},
			{
				"box": {
					"id": "obj-23",
					"maxclass": "newobj",
					"numinlets": 3,
					"numoutlets": 1,
					"patching_rect": [
						300.0,
						500.0,
						205.9,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "vexpr $f1 * $f2 + $f3 @scalarmode 1"
				}
			},
			{
				"box": {
					"id": "obj-24",
					"maxclass": "newobj",
					"numinlets": 3,
					"numoutlets": 1,
					"patching_rect": [
						300.0,
						532.0,
						86.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "clip -100. 100."
				}
			},
			{
				"box": {
					"id": "obj-25",
					"maxclass": "live.dial",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						430.0,
						420.0,
						60.0,
						48.0
					],
					"outlettype": [
						"int/float",
						"int/float"
					],
					"activedialcolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"activeneedlecolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"fontsize": 10.0,
					"parameter_enable": 1,
					"saved_attribute_attributes": {
						"valueof": {
							"parameter_longname": "range",
							"parameter_shortname": "range",
							"parameter_type": 0,
							"parameter_initial_enable": 1,
							"parameter_initial": [
								4.0
							],
							"parameter_mmin": 0.0,
							"parameter_mmax": 10.0,
							"parameter_unitstyle": 1
						}
					},
					"varname": "range",
					"presentation": 1,
					"presentation_rect": [
						76.0,
						196.0,
						60.0,
						48.0
					]
				}
			},
			{
				"box": {
					"id": "obj-26",
					"maxclass": "live.dial",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						520.0,
						420.0,
						60.0,
						48.0
					],
					"outlettype": [
						"int/float",
						"int/float"
					],
					"activedialcolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"activeneedlecolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"fontsize": 10.0,
					"parameter_enable": 1,
					"saved_attribute_attributes": {
						"valueof": {
							"parameter_longname": "offset",
							"parameter_shortname": "offset",
							"parameter_type": 0,
							"parameter_initial_enable": 1,
							"parameter_initial": [
								0.0
							],
							"parameter_mmin": -10.0,
							"parameter_mmax": 10.0,
							"parameter_unitstyle": 1
						}
					},
					"varname": "offset",
					"presentation": 1,
					"presentation_rect": [
						142.0,
						196.0,
						60.0,
						48.0
					]
				}
			},
			{
				"box": {
					"id": "obj-27",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						20.0,
						436.0,
						62.4,
						20.0
					],
					"outlettype": [],
					"text": "where to"
				}
			},
			{
				"box": {
					"id": "obj-28",
					"maxclass": "tab",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						20.0,
						468.0,
						180.0,
						22.0
					],
					"outlettype": [
						"int",
						"",
						""
					],
					"tabs": [
						"free voice",
						"every note"
					],
					"fontsize": 11.0,
					"rounded": 6.0,
					"spacing_x": 2.0,
					"spacing_y": 2.0,
					"bgcolor": [
						0.0,
						0.0,
						0.0,
						0.0
					],
					"tabcolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"htabcolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"htextcolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						110.0,
						8.0,
						180.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-29",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						20.0,
						532.0,
						30.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "+ 1"
				}
			},
			{
				"box": {
					"id": "obj-30",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						20.0,
						500.0,
						30.0,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"text": "t i i"
				}
			},
			{
				"box": {
					"id": "obj-31",
					"maxclass": "newobj",
					"numinlets": 3,
					"numoutlets": 3,
					"patching_rect": [
						150.0,
						532.0,
						46.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						""
					],
					"text": "sel 0 1"
				}
			},
			{
				"box": {
					"id": "obj-32",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						150.0,
						564.0,
						34.0,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"text": "t b b"
				}
			},
			{
				"box": {
					"id": "obj-33",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						300.0,
						564.0,
						39.9,
						22.0
					],
					"outlettype": [
						"inactive",
						"inactive"
					],
					"text": "zl reg"
				}
			},
			{
				"box": {
					"id": "obj-34",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						380.0,
						596.0,
						39.9,
						22.0
					],
					"outlettype": [
						"inactive",
						"inactive"
					],
					"text": "zl reg"
				}
			},
			{
				"box": {
					"id": "obj-35",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						300.0,
						596.0,
						54.0,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"text": "gate 2 1"
				}
			},
			{
				"box": {
					"id": "obj-36",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						240.0,
						628.0,
						103.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend /lb/latent"
				}
			},
			{
				"box": {
					"id": "obj-37",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						380.0,
						628.0,
						136.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend /lb/latent/offset"
				}
			},
			{
				"box": {
					"id": "obj-38",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						860.0,
						186.4,
						110.0,
						20.0
					],
					"outlettype": [],
					"text": "walk: random steps"
				}
			},
			{
				"box": {
					"id": "obj-39",
					"maxclass": "live.dial",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						860.0,
						212.0,
						60.0,
						48.0
					],
					"outlettype": [
						"int/float",
						"int/float"
					],
					"activedialcolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"activeneedlecolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"fontsize": 10.0,
					"parameter_enable": 1,
					"saved_attribute_attributes": {
						"valueof": {
							"parameter_longname": "walk",
							"parameter_shortname": "walk",
							"parameter_type": 0,
							"parameter_initial_enable": 1,
							"parameter_initial": [
								0.0
							],
							"parameter_mmin": 0.0,
							"parameter_mmax": 0.2,
							"parameter_unitstyle": 1
						}
					},
					"varname": "walk",
					"presentation": 1,
					"presentation_rect": [
						208.0,
						196.0,
						60.0,
						48.0
					]
				}
			},
			{
				"box": {
					"id": "obj-40",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						860.0,
						276.0,
						30.0,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"text": "t f f"
				}
			},
			{
				"box": {
					"id": "obj-41",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						860.0,
						308.0,
						31.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "> 0."
				}
			},
			{
				"box": {
					"id": "obj-42",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						860.0,
						340.0,
						58.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "metro 50"
				}
			},
			{
				"box": {
					"id": "obj-43",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						860.0,
						372.0,
						34.0,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"text": "t b b"
				}
			},
			{
				"box": {
					"id": "obj-44",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 3,
					"patching_rect": [
						960.0,
						404.0,
						45.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						""
					],
					"text": "uzi 32"
				}
			},
			{
				"box": {
					"id": "obj-45",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						960.0,
						436.0,
						81.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "random 2001"
				}
			},
			{
				"box": {
					"id": "obj-46",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						960.0,
						468.0,
						138.7,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "expr ($i1 - 1000) / 1000."
				}
			},
			{
				"box": {
					"id": "obj-47",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						960.0,
						500.0,
						70.0,
						22.0
					],
					"outlettype": [
						"inactive",
						"inactive"
					],
					"text": "zl group 32"
				}
			},
			{
				"box": {
					"id": "obj-48",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						860.0,
						468.0,
						39.9,
						22.0
					],
					"outlettype": [
						"inactive",
						"inactive"
					],
					"text": "zl reg"
				}
			},
			{
				"box": {
					"id": "obj-49",
					"maxclass": "newobj",
					"numinlets": 3,
					"numoutlets": 1,
					"patching_rect": [
						860.0,
						564.0,
						205.9,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "vexpr $f1 + $f2 * $f3 @scalarmode 1"
				}
			},
			{
				"box": {
					"id": "obj-50",
					"maxclass": "newobj",
					"numinlets": 3,
					"numoutlets": 1,
					"patching_rect": [
						860.0,
						596.0,
						59.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "clip -1. 1."
				}
			},
			{
				"box": {
					"id": "obj-51",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						480.0,
						788.0,
						270.3,
						20.0
					],
					"outlettype": [],
					"text": "points to begin with, for as many sliders"
				}
			},
			{
				"box": {
					"id": "obj-52",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						480.0,
						820.0,
						42.6,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"text": "sel 32"
				}
			},
			{
				"box": {
					"id": "obj-53",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						480.0,
						852.0,
						55.9,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "deferlow"
				}
			},
			{
				"box": {
					"id": "obj-54",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 9,
					"patching_rect": [
						480.0,
						884.0,
						135.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"",
						"",
						"",
						"",
						"",
						"",
						""
					],
					"text": "t b b b b b b b b b"
				}
			},
			{
				"box": {
					"id": "obj-55",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						480.0,
						916.0,
						49.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "recall 1"
				}
			},
			{
				"box": {
					"id": "obj-56",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						480.0,
						948.0,
						1100.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "0.06 0.2 -0.01 0.11 0.01 -0.42 -0.12 -0.01 -0.37 -0.14 0.29 0.31 0.22 0.24 -0.01 -0.04 -0.34 -0.48 0.39 0.04 -0.1 0. 0.01 -0.02 -0.21 0.27 0.4 0.13 0.01 -0.24 0.13 0.02, store 1"
				}
			},
			{
				"box": {
					"id": "obj-57",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						480.0,
						980.0,
						1100.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "0.06 0.52 0. -0.09 -0.13 -0.15 -0.31 -0.06 -0.49 0.06 0.2 0.44 0.1 0.3 -0.03 -0.52 -0.01 -0.45 0.35 -0.15 -0.17 0.43 -0.11 0.23 -0.44 0.09 -0.16 0.29 -0.08 -0.57 0.23 0.06, store 2"
				}
			},
			{
				"box": {
					"id": "obj-58",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						480.0,
						1012.0,
						1100.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "0.23 -0.17 0.03 0.13 0.06 -0.28 -0.41 -0.03 -0.44 -0.25 0.38 0.11 0.11 0.5 -0.01 -0.22 -0.28 -0.28 0.14 -0.66 -0.19 -0.15 -0.01 -0.71 -0.06 0.32 0.07 0.07 -0.3 -0.07 0. 0.04, store 3"
				}
			},
			{
				"box": {
					"id": "obj-59",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						480.0,
						1044.0,
						1100.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "0.26 -0.01 -0.02 -0.22 -0.22 0.16 -0.16 -0.01 0.19 -0.11 0.33 -0.1 0.16 0.78 0. 0.46 -0.48 -0.48 0.01 0.09 -0.06 -0.33 0.14 -0.01 0.24 -0.01 -0.26 0.22 -0.05 -0.58 0.13 -0.03, store 4"
				}
			},
			{
				"box": {
					"id": "obj-60",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						480.0,
						1076.0,
						1100.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "-0.24 0.43 -0.03 -0.19 0.26 -0.35 -0.28 0. -0.26 -0.14 0.43 0.13 -0.06 0.34 -0.01 -0.14 -0.36 -0.35 0.64 -0.21 0.1 0.39 0.09 0.2 -0.06 0.03 0.1 0.04 -0.09 0.14 0.12 -0.01, store 5"
				}
			},
			{
				"box": {
					"id": "obj-61",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						480.0,
						1108.0,
						1100.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "0.62 0.04 0. -0.3 -0.43 0.23 -0.14 0.01 0.45 -0.19 -0.17 0. 0.2 0.24 -0.02 0.11 -0.19 -0.42 -0.01 0.05 -0.24 0.16 -0.06 0.05 -0.11 0.2 -0.26 -0.2 -0.48 -0.42 0.18 -0.04, store 6"
				}
			},
			{
				"box": {
					"id": "obj-62",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						480.0,
						1140.0,
						1100.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "0.24 0.13 0.02 0.13 -0.17 -0.34 0.01 -0.01 0.01 -0.3 0.14 0.32 0.15 0.17 -0.02 -0.11 -0.33 -0.43 0.26 -0.01 0.08 -0.01 -0.03 -0.21 -0.15 0.25 0.5 -0.03 -0.49 -0.2 0.14 0.03, store 7"
				}
			},
			{
				"box": {
					"id": "obj-63",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						480.0,
						1172.0,
						1100.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "0.3 -0.05 0.04 -0.07 0.07 -0.18 -0.19 -0.1 -0.04 -0.26 -0.03 -0.41 0.17 0.43 -0.03 0.51 -0.47 -0.53 0.12 0.19 -0.16 -0.16 -0.02 -0.28 -0.05 0.22 -0.42 -0.17 0.05 -0.2 0.06 0.11, store 8"
				}
			},
			{
				"box": {
					"id": "obj-64",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						1200.0,
						180.0,
						49.8,
						20.0
					],
					"outlettype": [],
					"text": "points"
				}
			},
			{
				"box": {
					"id": "obj-65",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						1200.0,
						212.0,
						184.7,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "loadmess pattrstorage #0_points"
				}
			},
			{
				"box": {
					"id": "obj-66",
					"maxclass": "preset",
					"numinlets": 1,
					"numoutlets": 5,
					"patching_rect": [
						1200.0,
						244.0,
						120.0,
						34.0
					],
					"outlettype": [
						"",
						"",
						"",
						"",
						""
					],
					"bgcolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"active1": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"stored1": [
						0.58,
						0.63,
						0.67,
						1.0
					],
					"emptycolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"bubblesize": 14,
					"presentation": 1,
					"presentation_rect": [
						10.0,
						252.0,
						260.0,
						34.0
					]
				}
			},
			{
				"box": {
					"id": "obj-67",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						1200.0,
						308.0,
						236.4,
						22.0
					],
					"outlettype": [
						"",
						"",
						""
					],
					"text": "pattr point @bindto sliders @autorestore 0"
				}
			},
			{
				"box": {
					"id": "obj-68",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						1200.0,
						564.0,
						210.9,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "pattrstorage #0_points @savemode 0"
				}
			},
			{
				"box": {
					"id": "obj-69",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						1200.0,
						436.0,
						86.6,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend recall"
				}
			},
			{
				"box": {
					"id": "obj-70",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						1320.0,
						436.0,
						84.6,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend store"
				}
			},
			{
				"box": {
					"id": "obj-71",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						1430.0,
						436.0,
						35.9,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "write"
				}
			},
			{
				"box": {
					"id": "obj-72",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						1500.0,
						436.0,
						34.6,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "read"
				}
			},
			{
				"box": {
					"id": "obj-73",
					"maxclass": "textbutton",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						1430.0,
						372.0,
						56.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"int"
					],
					"text": "save",
					"fontsize": 11.0,
					"rounded": 6.0,
					"border": 0,
					"bgcolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"bgoncolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"bgovercolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"textoncolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"textovercolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						290.0,
						262.0,
						56.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-74",
					"maxclass": "textbutton",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						1540.0,
						372.0,
						56.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"int"
					],
					"text": "open",
					"fontsize": 11.0,
					"rounded": 6.0,
					"border": 0,
					"bgcolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"bgoncolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"bgovercolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"textoncolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"textovercolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						352.0,
						262.0,
						56.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-75",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						1200.0,
						468.0,
						220.0,
						20.0
					],
					"outlettype": [],
					"text": "points: shift-click stores",
					"fontsize": 10.0,
					"textcolor": [
						0.58,
						0.63,
						0.67,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						10.0,
						286.0,
						220.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-76",
					"maxclass": "number",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						1200.0,
						372.0,
						50.0,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"minimum": 1,
					"fontsize": 11.0,
					"bgcolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"htricolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						290.0,
						222.0,
						40.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-77",
					"maxclass": "number",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						1260.0,
						372.0,
						50.0,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"minimum": 1,
					"fontsize": 11.0,
					"bgcolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"htricolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						430.0,
						222.0,
						40.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-78",
					"maxclass": "slider",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						1320.0,
						372.0,
						90.0,
						22.0
					],
					"outlettype": [
						""
					],
					"floatoutput": 1,
					"size": 1.0,
					"orientation": 1,
					"bgcolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"knobcolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"elementcolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						338.0,
						222.0,
						84.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-79",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						1200.0,
						340.0,
						91.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "loadmess set 1"
				}
			},
			{
				"box": {
					"id": "obj-80",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						1300.0,
						340.0,
						91.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "loadmess set 2"
				}
			},
			{
				"box": {
					"id": "obj-81",
					"maxclass": "newobj",
					"numinlets": 3,
					"numoutlets": 1,
					"patching_rect": [
						1200.0,
						404.0,
						63.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "pak 1 2 0."
				}
			},
			{
				"box": {
					"id": "obj-82",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						1430.0,
						468.0,
						30.0,
						20.0
					],
					"outlettype": [],
					"text": "A",
					"fontsize": 10.0,
					"textcolor": [
						0.58,
						0.63,
						0.67,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						290.0,
						202.0,
						30.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-83",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						1470.0,
						468.0,
						30.0,
						20.0
					],
					"outlettype": [],
					"text": "B",
					"fontsize": 10.0,
					"textcolor": [
						0.58,
						0.63,
						0.67,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						430.0,
						202.0,
						30.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-84",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						1510.0,
						468.0,
						60.0,
						20.0
					],
					"outlettype": [],
					"text": "morph",
					"fontsize": 10.0,
					"textcolor": [
						0.58,
						0.63,
						0.67,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						338.0,
						202.0,
						60.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-85",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						20.0,
						564.0,
						98.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "receive lb.sound"
				}
			},
			{
				"box": {
					"id": "obj-86",
					"maxclass": "textbutton",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						20.0,
						596.0,
						68.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"int"
					],
					"mode": 1,
					"text": "sound",
					"texton": "sound",
					"fontsize": 11.0,
					"rounded": 6.0,
					"border": 0,
					"bgcolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"bgoncolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"bgovercolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"textoncolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"textovercolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						402.0,
						8.0,
						68.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-87",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						20.0,
						628.0,
						97.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend /lb/gate"
				}
			},
			{
				"box": {
					"id": "obj-88",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						20.0,
						660.0,
						74.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend set"
				}
			},
			{
				"box": {
					"id": "obj-89",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						20.0,
						692.0,
						85.3,
						22.0
					],
					"outlettype": [],
					"text": "send lb.sound"
				}
			},
			{
				"box": {
					"id": "obj-90",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						20.0,
						308.0,
						90.0,
						20.0
					],
					"outlettype": [],
					"text": "interpolation",
					"fontsize": 10.0,
					"textcolor": [
						0.58,
						0.63,
						0.67,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						10.0,
						148.0,
						90.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-91",
					"maxclass": "tab",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						20.0,
						340.0,
						150.0,
						22.0
					],
					"outlettype": [
						"int",
						"",
						""
					],
					"tabs": [
						"none",
						"linear",
						"cubic"
					],
					"fontsize": 11.0,
					"rounded": 6.0,
					"spacing_x": 2.0,
					"spacing_y": 2.0,
					"bgcolor": [
						0.0,
						0.0,
						0.0,
						0.0
					],
					"tabcolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"htabcolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"htextcolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						10.0,
						168.0,
						180.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-92",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						180.0,
						308.0,
						64.0,
						20.0
					],
					"outlettype": [],
					"text": "seconds",
					"fontsize": 10.0,
					"textcolor": [
						0.58,
						0.63,
						0.67,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						196.0,
						148.0,
						64.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-93",
					"maxclass": "flonum",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						180.0,
						340.0,
						56.0,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"minimum": 0,
					"maximum": 60,
					"fontsize": 11.0,
					"bgcolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"htricolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						198.0,
						168.0,
						56.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-94",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						180.0,
						372.0,
						101.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "loadmess set 0.1"
				}
			},
			{
				"box": {
					"id": "obj-95",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						20.0,
						372.0,
						80.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "pak none 0.1"
				}
			},
			{
				"box": {
					"id": "obj-96",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						20.0,
						404.0,
						104.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend /lb/interp"
				}
			},
			{
				"box": {
					"id": "obj-97",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						180.0,
						404.0,
						94.6,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "receive lb.again"
				}
			}
		],
		"lines": [
			{
				"patchline": {
					"source": [
						"obj-4",
						0
					],
					"destination": [
						"obj-5",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-7",
						0
					],
					"destination": [
						"obj-8",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-8",
						1
					],
					"destination": [
						"obj-9",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-9",
						0
					],
					"destination": [
						"obj-10",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-5",
						4
					],
					"destination": [
						"obj-10",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-8",
						1
					],
					"destination": [
						"obj-11",
						1
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-8",
						1
					],
					"destination": [
						"obj-13",
						1
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-8",
						0
					],
					"destination": [
						"obj-11",
						0
					],
					"order": 1
				}
			},
			{
				"patchline": {
					"source": [
						"obj-11",
						0
					],
					"destination": [
						"obj-12",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-12",
						0
					],
					"destination": [
						"obj-13",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-15",
						0
					],
					"destination": [
						"obj-16",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-16",
						0
					],
					"destination": [
						"obj-17",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-17",
						0
					],
					"destination": [
						"obj-18",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-10",
						0
					],
					"destination": [
						"obj-18",
						1
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-18",
						0
					],
					"destination": [
						"obj-19",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-19",
						0
					],
					"destination": [
						"obj-17",
						1
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-13",
						0
					],
					"destination": [
						"obj-17",
						1
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-13",
						0
					],
					"destination": [
						"obj-18",
						1
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-20",
						0
					],
					"destination": [
						"obj-21",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-21",
						0
					],
					"destination": [
						"obj-18",
						2
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-19",
						0
					],
					"destination": [
						"obj-23",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-25",
						0
					],
					"destination": [
						"obj-23",
						1
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-26",
						0
					],
					"destination": [
						"obj-23",
						2
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-23",
						0
					],
					"destination": [
						"obj-24",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-28",
						0
					],
					"destination": [
						"obj-30",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-30",
						1
					],
					"destination": [
						"obj-29",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-30",
						0
					],
					"destination": [
						"obj-31",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-29",
						0
					],
					"destination": [
						"obj-35",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-24",
						0
					],
					"destination": [
						"obj-33",
						1
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-31",
						0
					],
					"destination": [
						"obj-32",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-31",
						1
					],
					"destination": [
						"obj-11",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-32",
						0
					],
					"destination": [
						"obj-33",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-32",
						1
					],
					"destination": [
						"obj-34",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-34",
						0
					],
					"destination": [
						"obj-37",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-13",
						0
					],
					"destination": [
						"obj-34",
						1
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-13",
						0
					],
					"destination": [
						"obj-10",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-24",
						0
					],
					"destination": [
						"obj-35",
						1
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-33",
						0
					],
					"destination": [
						"obj-35",
						1
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-35",
						0
					],
					"destination": [
						"obj-36",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-35",
						1
					],
					"destination": [
						"obj-37",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-36",
						0
					],
					"destination": [
						"obj-3",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-37",
						0
					],
					"destination": [
						"obj-3",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-45",
						0
					],
					"destination": [
						"obj-46",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-46",
						0
					],
					"destination": [
						"obj-47",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-39",
						0
					],
					"destination": [
						"obj-40",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-40",
						0
					],
					"destination": [
						"obj-41",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-40",
						1
					],
					"destination": [
						"obj-49",
						2
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-41",
						0
					],
					"destination": [
						"obj-42",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-42",
						0
					],
					"destination": [
						"obj-43",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-43",
						0
					],
					"destination": [
						"obj-48",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-43",
						1
					],
					"destination": [
						"obj-44",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-44",
						0
					],
					"destination": [
						"obj-45",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-47",
						0
					],
					"destination": [
						"obj-49",
						1
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-48",
						0
					],
					"destination": [
						"obj-49",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-49",
						0
					],
					"destination": [
						"obj-50",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-50",
						0
					],
					"destination": [
						"obj-10",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-10",
						0
					],
					"destination": [
						"obj-48",
						1
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-13",
						0
					],
					"destination": [
						"obj-48",
						1
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-8",
						1
					],
					"destination": [
						"obj-44",
						1
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-8",
						1
					],
					"destination": [
						"obj-47",
						1
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-8",
						1
					],
					"destination": [
						"obj-52",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-52",
						0
					],
					"destination": [
						"obj-53",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-53",
						0
					],
					"destination": [
						"obj-54",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-54",
						0
					],
					"destination": [
						"obj-55",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-55",
						0
					],
					"destination": [
						"obj-5",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-54",
						1
					],
					"destination": [
						"obj-56",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-56",
						0
					],
					"destination": [
						"obj-5",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-54",
						2
					],
					"destination": [
						"obj-57",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-57",
						0
					],
					"destination": [
						"obj-5",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-54",
						3
					],
					"destination": [
						"obj-58",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-58",
						0
					],
					"destination": [
						"obj-5",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-54",
						4
					],
					"destination": [
						"obj-59",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-59",
						0
					],
					"destination": [
						"obj-5",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-54",
						5
					],
					"destination": [
						"obj-60",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-60",
						0
					],
					"destination": [
						"obj-5",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-54",
						6
					],
					"destination": [
						"obj-61",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-61",
						0
					],
					"destination": [
						"obj-5",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-54",
						7
					],
					"destination": [
						"obj-62",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-62",
						0
					],
					"destination": [
						"obj-5",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-54",
						8
					],
					"destination": [
						"obj-63",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-63",
						0
					],
					"destination": [
						"obj-5",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-65",
						0
					],
					"destination": [
						"obj-66",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-73",
						0
					],
					"destination": [
						"obj-71",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-71",
						0
					],
					"destination": [
						"obj-68",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-5",
						2
					],
					"destination": [
						"obj-71",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-74",
						0
					],
					"destination": [
						"obj-72",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-72",
						0
					],
					"destination": [
						"obj-68",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-5",
						3
					],
					"destination": [
						"obj-72",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-5",
						0
					],
					"destination": [
						"obj-69",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-5",
						1
					],
					"destination": [
						"obj-70",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-69",
						0
					],
					"destination": [
						"obj-68",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-70",
						0
					],
					"destination": [
						"obj-68",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-79",
						0
					],
					"destination": [
						"obj-76",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-80",
						0
					],
					"destination": [
						"obj-77",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-76",
						0
					],
					"destination": [
						"obj-81",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-77",
						0
					],
					"destination": [
						"obj-81",
						1
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-78",
						0
					],
					"destination": [
						"obj-81",
						2
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-81",
						0
					],
					"destination": [
						"obj-69",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-85",
						0
					],
					"destination": [
						"obj-86",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-86",
						0
					],
					"destination": [
						"obj-88",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-86",
						0
					],
					"destination": [
						"obj-87",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-88",
						0
					],
					"destination": [
						"obj-89",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-87",
						0
					],
					"destination": [
						"obj-3",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-94",
						0
					],
					"destination": [
						"obj-93",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-91",
						1
					],
					"destination": [
						"obj-95",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-93",
						0
					],
					"destination": [
						"obj-95",
						1
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-95",
						0
					],
					"destination": [
						"obj-96",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-96",
						0
					],
					"destination": [
						"obj-3",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-97",
						0
					],
					"destination": [
						"obj-95",
						0
					],
					"order": 0
				}
			}
		],
		"dependency_cache": [],
		"autosave": 0
	}
}
