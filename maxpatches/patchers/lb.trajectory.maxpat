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
			110.0
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
		"description": "The free voice moves about its point: choose a shape, how often it goes round and how far. The point itself comes from lb.xy, lb.latents or lb.symbols. Wire the outlet to lb.bridge.",
		"digest": "The free voice moves along a line, a circle or a helix",
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
						560.0,
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
						110.0
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
						560.0,
						52.0,
						127.0,
						20.0
					],
					"outlettype": [],
					"text": "lb.trajectory",
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
						127.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-3",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						560.0,
						84.0,
						344.0,
						20.0
					],
					"outlettype": [],
					"text": "about the point of the free voice",
					"fontsize": 10.0,
					"textcolor": [
						0.58,
						0.63,
						0.67,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						128.0,
						10.0,
						344.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-4",
					"maxclass": "outlet",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						20.0,
						340.0,
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
					"id": "obj-5",
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
					"comment": "a shape, frequency HERTZ or radius SIZE",
					"index": 1
				}
			},
			{
				"box": {
					"id": "obj-6",
					"maxclass": "newobj",
					"numinlets": 3,
					"numoutlets": 3,
					"patching_rect": [
						20.0,
						68.0,
						130.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						""
					],
					"text": "route frequency radius"
				}
			},
			{
				"box": {
					"id": "obj-7",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						180.0,
						100.0,
						96.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend symbol"
				}
			},
			{
				"box": {
					"id": "obj-8",
					"maxclass": "tab",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						20.0,
						148.0,
						200.0,
						24.0
					],
					"outlettype": [
						"int",
						"",
						""
					],
					"tabs": [
						"off",
						"line",
						"circle",
						"helix"
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
						58.0,
						230.0,
						24.0
					]
				}
			},
			{
				"box": {
					"id": "obj-9",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						20.0,
						180.0,
						80.0,
						20.0
					],
					"outlettype": [],
					"text": "shape",
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
						38.0,
						80.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-10",
					"maxclass": "live.dial",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						240.0,
						148.0,
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
							"parameter_longname": "frequency",
							"parameter_shortname": "frequency",
							"parameter_type": 0,
							"parameter_initial_enable": 1,
							"parameter_initial": [
								0.2
							],
							"parameter_mmin": 0.0,
							"parameter_mmax": 50.0,
							"parameter_unitstyle": 3
						}
					},
					"varname": "frequency",
					"presentation": 1,
					"presentation_rect": [
						270.0,
						44.0,
						60.0,
						48.0
					]
				}
			},
			{
				"box": {
					"id": "obj-11",
					"maxclass": "live.dial",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						340.0,
						148.0,
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
							"parameter_longname": "radius",
							"parameter_shortname": "radius",
							"parameter_type": 0,
							"parameter_initial_enable": 1,
							"parameter_initial": [
								1.0
							],
							"parameter_mmin": 0.0,
							"parameter_mmax": 10.0,
							"parameter_unitstyle": 1
						}
					},
					"varname": "radius",
					"presentation": 1,
					"presentation_rect": [
						350.0,
						44.0,
						60.0,
						48.0
					]
				}
			},
			{
				"box": {
					"id": "obj-12",
					"maxclass": "newobj",
					"numinlets": 3,
					"numoutlets": 1,
					"patching_rect": [
						20.0,
						244.0,
						86.7,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "pak off 0.2 1.0"
				}
			},
			{
				"box": {
					"id": "obj-13",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						20.0,
						276.0,
						123.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend /lb/trajectory"
				}
			},
			{
				"box": {
					"id": "obj-14",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						240.0,
						276.0,
						94.6,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "receive lb.again"
				}
			},
			{
				"box": {
					"id": "obj-15",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						440.0,
						148.0,
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
					"id": "obj-16",
					"maxclass": "textbutton",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						440.0,
						180.0,
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
					"id": "obj-17",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						440.0,
						212.0,
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
					"id": "obj-18",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						440.0,
						244.0,
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
					"id": "obj-19",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						440.0,
						276.0,
						85.3,
						22.0
					],
					"outlettype": [],
					"text": "send lb.sound"
				}
			}
		],
		"lines": [
			{
				"patchline": {
					"source": [
						"obj-5",
						0
					],
					"destination": [
						"obj-6",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-6",
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
						"obj-6",
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
						"obj-6",
						2
					],
					"destination": [
						"obj-7",
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
						"obj-12",
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
						"obj-12",
						1
					],
					"order": 0
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
						2
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
						"obj-13",
						0
					],
					"destination": [
						"obj-4",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-14",
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
						"obj-18",
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
						"obj-17",
						0
					],
					"destination": [
						"obj-4",
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
